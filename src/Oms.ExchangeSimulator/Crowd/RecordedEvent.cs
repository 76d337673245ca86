using System.Text.Json.Serialization;

namespace Oms.ExchangeSimulator.Crowd;

/// <summary>A recorded depth update or trade.</summary>
internal sealed class RecordedEvent
{
    [JsonPropertyName("E")]
    public long EventTimeMs { get; init; }

    [JsonPropertyName("u")]
    public long LastUpdateId { get; init; }

    [JsonPropertyName("b")]
    public string[][]? Bids { get; init; }

    [JsonPropertyName("a")]
    public string[][]? Asks { get; init; }

    [JsonPropertyName("p")]
    public string? Price { get; init; }

    [JsonPropertyName("q")]
    public string? Quantity { get; init; }

    [JsonPropertyName("m")]
    public bool IsBuyerMaker { get; init; }
}
