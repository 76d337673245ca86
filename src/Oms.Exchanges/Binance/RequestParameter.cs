using System.Text.Json;

namespace Oms.Exchanges.Binance;

/// <summary>A parameter of a request.</summary>
/// <param name="IsNumber">Whether JSON has it without quotes.</param>
internal readonly record struct RequestParameter(string Name, string Value, bool IsNumber)
{
    public void WriteValue(Utf8JsonWriter writer)
    {
        if (IsNumber)
        {
            writer.WriteRawValue(Value);
        }
        else
        {
            writer.WriteStringValue(Value);
        }
    }
}
