using System.Net;

namespace Orleans.JetStream.Tests.Clustering;

/// <summary>Rows of silos, and tables as text.</summary>
internal static class Silos
{
    public static readonly DateTime Noon = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    public static SiloAddress Address(int number) =>
        SiloAddress.New(IPAddress.Loopback, 20_000 + number, number);

    public static MembershipEntry Entry(int number, SiloStatus status = SiloStatus.Active) => new()
    {
        SiloAddress = Address(number),
        Status = status,
        ProxyPort = 30_000 + number,
        HostName = $"host-{number}",
        SiloName = $"silo-{number}",
        RoleName = $"role-{number}",
        UpdateZone = number,
        FaultZone = number + 1,
        StartTime = Noon,
        IAmAliveTime = Noon,
    };

    /// <summary>The row of a silo that has one, and its ETag.</summary>
    public static (MembershipEntry Entry, string ETag) Row(MembershipTableData table, int number)
    {
        var (entry, eTag) = Assert.Single(
            table.Members, row => row.Item1.SiloAddress.Equals(Address(number)));
        return (entry, eTag);
    }

    /// <summary>All that is in a table: two are equal if nothing tells them apart.</summary>
    public static string Text(MembershipTableData table) => string.Join('\n', table.Members
        .OrderBy(row => row.Item1.SiloAddress)
        .Select(row => $"{Text(row.Item1)} etag {row.Item2}")
        .Prepend($"{table.Version.Version} etag {table.Version.VersionEtag}"));

    public static string Text(MembershipEntry entry)
    {
        var votes = (entry.SuspectTimes ?? []).Select(vote => $"{vote.Item1} {vote.Item2:O}");
        return $"{entry.SiloAddress} {entry.Status} {entry.ProxyPort} {entry.HostName} {entry.SiloName} "
            + $"{entry.RoleName} {entry.UpdateZone} {entry.FaultZone} {entry.StartTime:O} "
            + $"{entry.IAmAliveTime:O} [{string.Join(", ", votes)}]";
    }
}
