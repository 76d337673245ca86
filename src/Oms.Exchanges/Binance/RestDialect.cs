namespace Oms.Exchanges.Binance;

/// <summary>What differs between the REST APIs of two of Binance's markets.</summary>
/// <param name="TimePath">Where the exchange's clock is read.</param>
internal sealed record RestDialect(string TimePath, ErrorTable Errors);
