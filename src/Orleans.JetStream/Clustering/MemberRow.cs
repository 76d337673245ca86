using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using Orleans.JetStream.KeyValue;

namespace Orleans.JetStream.Clustering;

/// <summary>A silo's row as it is stored: all of its <see cref="MembershipEntry"/>.</summary>
internal sealed record MemberRow
{
    /// <summary>
    /// The address and generation, as <see cref="SiloAddress.ToParsableString"/> writes them.
    /// </summary>
    public required string Silo { get; init; }

    public required SiloStatus Status { get; init; }

    /// <summary>
    /// The table's version at which the row was written. No other row was: it is the row's ETag.
    /// </summary>
    public required int WrittenAtVersion { get; init; }

    public required int ProxyPort { get; init; }

    public string HostName { get; init; } = "";

    public string SiloName { get; init; } = "";

    public string? RoleName { get; init; }

    public int UpdateZone { get; init; }

    public int FaultZone { get; init; }

    public DateTime StartTime { get; init; }

    public DateTime IAmAliveTime { get; init; }

    public ImmutableArray<Suspicion> Suspicions { get; init; } = [];

    [JsonIgnore]
    public SiloAddress SiloAddress => SiloAddress.FromParsableString(Silo);

    [JsonIgnore]
    public string ETag => WrittenAtVersion.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// When something was last known of the silo: a start, a sign of life, or a vote against it.
    /// </summary>
    [JsonIgnore]
    public DateTime LastUpdateTime => Suspicions
        .Select(suspicion => suspicion.At).Append(StartTime).Append(IAmAliveTime).Max();

    public static MemberRow From(MembershipEntry entry, int writtenAtVersion) => new()
    {
        Silo = entry.SiloAddress.ToParsableString(),
        Status = entry.Status,
        WrittenAtVersion = writtenAtVersion,
        ProxyPort = entry.ProxyPort,
        HostName = entry.HostName,
        SiloName = entry.SiloName,
        RoleName = entry.RoleName,
        UpdateZone = entry.UpdateZone,
        FaultZone = entry.FaultZone,
        StartTime = StoredTime.Of(entry.StartTime),
        IAmAliveTime = StoredTime.Of(entry.IAmAliveTime),
        Suspicions = [.. (entry.SuspectTimes ?? []).Select(vote =>
            new Suspicion(vote.Item1.ToParsableString(), StoredTime.Of(vote.Item2)))],
    };

    public MembershipEntry ToEntry() => new()
    {
        SiloAddress = SiloAddress,
        Status = Status,
        ProxyPort = ProxyPort,
        HostName = HostName,
        SiloName = SiloName,
        RoleName = RoleName,
        UpdateZone = UpdateZone,
        FaultZone = FaultZone,
        StartTime = StartTime,
        IAmAliveTime = IAmAliveTime,
        SuspectTimes = [.. Suspicions.Select(suspicion =>
            Tuple.Create(SiloAddress.FromParsableString(suspicion.Silo), suspicion.At))],
    };

    /// <summary>The row with the later of its own and another sign of life.</summary>
    public MemberRow WithSignOfLife(DateTime? at) =>
        at > IAmAliveTime ? this with { IAmAliveTime = at.Value } : this;
}
