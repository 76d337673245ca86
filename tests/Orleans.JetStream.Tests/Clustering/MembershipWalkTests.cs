using CsCheck;

namespace Orleans.JetStream.Tests.Clustering;

/// <summary>
/// Two holders of a table act at random on what they last read; a model says what must come of it.
/// </summary>
public sealed class MembershipWalkTests(SharedNatsServer nats)
{
    private const int SiloCount = 4;
    private const int HolderCount = 2;
    private const int StepCount = 300;
    private const int WalkCount = 4;

    private enum Act
    {
        Read,
        ReadAgain,
        Insert,
        Update,
        Beat,
        CleanUp,
    }

    [Fact]
    public async Task Any_sequence_of_acts_ends_as_in_the_model()
    {
        var step = Gen.Select(
            Gen.Enum<Act>(), Gen.Int[0, HolderCount - 1], Gen.Int[0, SiloCount - 1], Gen.Int[1, 600]);
        await step.Array[StepCount].SampleAsync(WalkAsync, iter: WalkCount, threads: 1);
    }

    private async Task WalkAsync((Act Act, int Holder, int Silo, int Number)[] steps)
    {
        var bucket = SharedNatsServer.NewBucket();
        await using var one = await MembershipHost.StartAsync(nats.Server.ToOptions(), bucket);
        await using var other = await MembershipHost.StartAsync(nats.Server.ToOptions(), bucket);
        MembershipHost[] hosts = [one, other];
        var held = new[] { await one.ReadAsync(), await other.ReadAsync() };
        var model = new Model();
        foreach (var (act, holder, silo, number) in steps)
        {
            var table = hosts[holder].Table;
            var read = held[holder];
            var time = Silos.Noon.AddMinutes(number);
            var entry = model.NewEntry(silo, number, time);
            var isCurrent = read.Version.Version == model.Version;
            switch (act)
            {
                case Act.Insert:
                    Assert.Equal(
                        isCurrent && model.Insert(entry),
                        await table.InsertRowAsync(entry, read.Version.Next(), default));
                    break;
                case Act.Update:
                    var eTag = read.TryGet(entry.SiloAddress)?.Item2 ?? "none";
                    Assert.Equal(
                        isCurrent && model.Update(entry),
                        await table.UpdateRowAsync(entry, eTag, read.Version.Next(), default));
                    break;
                case Act.Beat:
                    model.Beat(entry);
                    await table.UpdateIAmAliveAsync(entry, default);
                    break;
                case Act.CleanUp:
                    model.CleanUp(time);
                    await table.CleanupDefunctSiloEntriesAsync(new DateTimeOffset(time), default);
                    break;
                default:
                    held[holder] = await hosts[holder].ReadAsync();
                    Assert.Equal(model.Version, held[holder].Version.Version);
                    Assert.Equal(model.Rows(), held[holder].Members.Select(row => row.Item1)
                        .OrderBy(row => row.SiloAddress).Select(Silos.Text));
                    break;
            }
        }
    }

    /// <summary>The table in a dictionary, heartbeats in another.</summary>
    private sealed class Model
    {
        private readonly SortedDictionary<SiloAddress, MembershipEntry> _rows = [];
        private readonly Dictionary<SiloAddress, DateTime> _heartbeats = [];

        public int Version { get; private set; }

        public MembershipEntry NewEntry(int silo, int number, DateTime time)
        {
            var entry = Silos.Entry(silo, number % 2 == 0 ? SiloStatus.Dead : SiloStatus.Active);
            entry.UpdateZone = number;
            entry.IAmAliveTime = time;
            if (number % 5 == 0)
            {
                entry.AddSuspector(Silos.Address(number), time.AddMinutes(number % 7));
            }

            return entry;
        }

        public bool Insert(MembershipEntry entry)
        {
            var isNew = _rows.TryAdd(entry.SiloAddress, entry);
            Version += isNew ? 1 : 0;
            return isNew;
        }

        public bool Update(MembershipEntry entry)
        {
            if (!_rows.TryGetValue(entry.SiloAddress, out var row))
            {
                return false;
            }

            var stored = CopyOf(entry);
            stored.IAmAliveTime = Later(row.IAmAliveTime, entry.IAmAliveTime);
            _rows[entry.SiloAddress] = stored;
            Version++;
            return true;
        }

        public void Beat(MembershipEntry entry) => _heartbeats[entry.SiloAddress] =
            Later(_heartbeats.GetValueOrDefault(entry.SiloAddress), entry.IAmAliveTime);

        public void CleanUp(DateTime before)
        {
            var defunct = _rows.Values.Select(AsRead).Where(row => row.Status == SiloStatus.Dead
                && row.IAmAliveTime < before && row.StartTime < before
                && (row.SuspectTimes ?? []).All(vote => vote.Item2 < before)).ToArray();
            foreach (var row in defunct)
            {
                _ = _rows.Remove(row.SiloAddress);
                _ = _heartbeats.Remove(row.SiloAddress);
            }

            Version += defunct.Length > 0 ? 1 : 0;
        }

        public IEnumerable<string> Rows() => _rows.Values.Select(row => Silos.Text(AsRead(row)));

        private MembershipEntry AsRead(MembershipEntry row)
        {
            var read = CopyOf(row);
            read.IAmAliveTime = Later(row.IAmAliveTime, _heartbeats.GetValueOrDefault(row.SiloAddress));
            return read;
        }

        private static MembershipEntry CopyOf(MembershipEntry entry) => new()
        {
            SiloAddress = entry.SiloAddress,
            Status = entry.Status,
            ProxyPort = entry.ProxyPort,
            HostName = entry.HostName,
            SiloName = entry.SiloName,
            RoleName = entry.RoleName,
            UpdateZone = entry.UpdateZone,
            FaultZone = entry.FaultZone,
            StartTime = entry.StartTime,
            IAmAliveTime = entry.IAmAliveTime,
            SuspectTimes = [.. entry.SuspectTimes ?? []],
        };

        private static DateTime Later(DateTime one, DateTime other) => one > other ? one : other;
    }
}
