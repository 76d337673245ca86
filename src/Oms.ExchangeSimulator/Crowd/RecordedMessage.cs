using System.Text.Json.Serialization;

namespace Oms.ExchangeSimulator.Crowd;

/// <summary>A line of a recording: a stream's message, or once a depth snapshot.</summary>
internal sealed class RecordedMessage
{
    [JsonPropertyName("stream")]
    public string? Stream { get; init; }

    [JsonPropertyName("data")]
    public RecordedEvent? Event { get; init; }

    [JsonPropertyName("lastUpdateId")]
    public long LastUpdateId { get; init; }

    [JsonPropertyName("bids")]
    public string[][]? Bids { get; init; }

    [JsonPropertyName("asks")]
    public string[][]? Asks { get; init; }
}
