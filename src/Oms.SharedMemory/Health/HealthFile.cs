using System.Diagnostics;
using System.Runtime.InteropServices;
using Oms.Domain.Messages;
using Oms.Domain.Text;
using Oms.SharedMemory.Regions;

namespace Oms.SharedMemory.Health;

/// <summary>
/// One small file per process in the region, in which it says how it is. Anybody reads it, also after the
/// process
/// died: then the heartbeat is old. A process writes only its own.
/// </summary>
public sealed unsafe class HealthFile : IDisposable
{
    private const ulong MagicValue = 0x31_48544C48534D4F; // "OMSHLTH1"
    private const int ReadAttemptsMax = 100_000;

    private static readonly TimeSpan BeatInterval = TimeSpan.FromMilliseconds(200);

    private readonly MappedFile _file;
    private readonly EndOwnership _ownership;
    private readonly string _address;

    private HealthFile(MappedFile file, EndOwnership ownership, string address)
    {
        _file = file;
        _ownership = ownership;
        _address = address;
    }

    private Row* Shared => (Row*)_file.Start;

    /// <summary>Becomes the process of this role.</summary>
    /// <param name="role">For example <c>gateway</c>.</param>
    /// <param name="address">Where it listens; empty when it does not.</param>
    /// <exception cref="RoleTakenException">Another live process has this role.</exception>
    public static HealthFile Open(SharedRegion region, string role, string address)
    {
        string path = PathOf(region, role);
        EndOwnership ownership = EndOwnership.Take(path, "owner");
        try
        {
            MappedFile.CreateIfAbsent(path, sizeof(Row), start => ((Row*)start)->Magic = MagicValue);
            var health = new HealthFile(OpenChecked(path), ownership, address);
            health.Say(ProcessState.Starting, "");
            return health;
        }
        catch
        {
            ownership.Dispose();
            throw;
        }
    }

    /// <summary>Says a state; also a heartbeat.</summary>
    public void Say(ProcessState state, string detail)
    {
        Row* row = Shared;
        Volatile.Write(ref row->Lock, row->Lock | 1);
        Thread.MemoryBarrier();
        row->Pid = Environment.ProcessId;
        row->State = state;
        row->Address = Text64.OfTruncated(_address);
        row->Detail = Text64.OfTruncated(detail);
        row->HeartbeatTicks = Stopwatch.GetTimestamp();
        Volatile.Write(ref row->Lock, (row->Lock | 1) + 1);
    }

    /// <summary>Says that the process still lives. At least once a second.</summary>
    public void Beat() => Volatile.Write(ref Shared->HeartbeatTicks, Stopwatch.GetTimestamp());

    /// <summary>
    /// Beats on a timer until it is disposed: for a start that waits for others, where no thread of its own beats.
    /// </summary>
    public IAsyncDisposable KeepBeating(TimeProvider time) =>
        time.CreateTimer(static file => ((HealthFile)file!).Beat(), this, TimeSpan.Zero, BeatInterval);

    /// <summary>What the process of a role last said; null when there never was one.</summary>
    public static ProcessHealth? Read(SharedRegion region, string role)
    {
        string path = PathOf(region, role);
        if (!File.Exists(path))
        {
            return null;
        }

        using MappedFile file = OpenChecked(path);
        var shared = (Row*)file.Start;
        Row row;
        long before;
        int attempts = 0;
        // A process that died in mid-word leaves the lock odd; then its words are taken as they stand.
        do
        {
            before = Volatile.Read(ref shared->Lock);
            row = *shared;
            Thread.MemoryBarrier();
        }
        while (attempts++ < ReadAttemptsMax
            && ((before & 1) != 0 || Volatile.Read(ref shared->Lock) != before));

        TimeSpan age = Stopwatch.GetElapsedTime(row.HeartbeatTicks);
        return new(role, row.Pid, row.State, row.Address.ToString(), row.Detail.ToString(), age);
    }

    public void Dispose()
    {
        _file.Dispose();
        _ownership.Dispose();
    }

    private static string PathOf(SharedRegion region, string role) =>
        Path.Combine(region.Path, role + ".health");

    private static MappedFile OpenChecked(string path)
    {
        MappedFile file = MappedFile.Open(path);
        if (file.LengthBytes != sizeof(Row) || ((Row*)file.Start)->Magic != MagicValue)
        {
            file.Dispose();
            throw new LayoutMismatchException(
                $"{path} is not a health file of layout {MessageLayout.Version}");
        }

        return file;
    }

    [StructLayout(LayoutKind.Explicit, Size = Length)]
    private struct Row
    {
        public const int Length = 192;

        [FieldOffset(0)]
        public ulong Magic;

        [FieldOffset(8)]
        public long Lock;

        [FieldOffset(16)]
        public long HeartbeatTicks;

        [FieldOffset(24)]
        public int Pid;

        [FieldOffset(28)]
        public ProcessState State;

        [FieldOffset(64)]
        public Text64 Address;

        [FieldOffset(128)]
        public Text64 Detail;
    }
}
