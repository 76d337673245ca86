namespace Oms.Exchanges.Binance;

/// <summary>A parameter of a request.</summary>
/// <param name="IsNumber">Whether JSON has it without quotes.</param>
internal readonly record struct RequestParameter(string Name, string Value, bool IsNumber);
