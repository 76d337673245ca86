using System.Text.Json.Serialization;

namespace Oms.Cli.Supervision;

/// <summary>A process as <c>oms status</c> shows it. Names in JSON are kept.</summary>
internal sealed record StatusRow
{
    public required string Name { get; init; }

    /// <summary>Null while there is none.</summary>
    public required int? Pid { get; init; }

    public required SupervisedState State { get; init; }

    public required string Address { get; init; }

    [JsonPropertyName("rss_mb")]
    public required long ResidentMegabytes { get; init; }

    public required int Restarts { get; init; }

    public required string Detail { get; init; }
}
