using Oms.Domain;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.SharedMemory.Regions;

namespace Oms.SharedMemory.Counters;

/// <summary>
/// Counts in shared memory, for one thread: an increment is an addition in memory, and nobody is asked or
/// told. Counts go on over restarts of the process, as long as the region is there.
/// </summary>
public sealed unsafe class CounterBoard : IDisposable
{
    private readonly MappedFile _file;
    private readonly EndOwnership _ownership;

    private CounterBoard(MappedFile file, EndOwnership ownership)
    {
        _file = file;
        _ownership = ownership;
    }

    /// <exception cref="RoleTakenException">Another live process counts here.</exception>
    /// <exception cref="LayoutMismatchException">Another version made the file.</exception>
    public static CounterBoard Open(SharedRegion region, string name)
    {
        string path = region.CountersPath(name);
        EndOwnership ownership = EndOwnership.Take(path, "writer");
        try
        {
            MappedFile.CreateIfAbsent(path, CounterLayout.LengthBytes, static start => Format((byte*)start));
            MappedFile file = MappedFile.Open(path);
            var board = new CounterBoard(file, ownership);
            if (!CounterLayout.Matches(new ReadOnlySpan<byte>(file.Start, (int)file.LengthBytes)))
            {
                file.Dispose();
                throw new LayoutMismatchException(
                    $"{path} does not hold counters of layout {MessageLayout.Version}/{MessageLayout.Hash:x16}; "
                    + "stop all processes of this deployment and remove it");
            }

            return board;
        }
        catch
        {
            ownership.Dispose();
            throw;
        }
    }

    public void Add(Counter counter, long by = 1) => At(CounterLayout.CountersOffset, (int)counter) += by;

    public void Set(Counter counter, long value) => At(CounterLayout.CountersOffset, (int)counter) = value;

    /// <summary>Keeps the larger of both.</summary>
    public void Raise(Counter counter, long value)
    {
        ref long held = ref At(CounterLayout.CountersOffset, (int)counter);
        held = Math.Max(held, value);
    }

    public void Count(MessageKind input)
    {
        Invariant.Holds((int)input < CounterLayout.InputsMax);
        At(CounterLayout.InputsOffset, (int)input)++;
    }

    public void Count(in ExecutionReport report)
    {
        At(CounterLayout.ExecutionsOffset, (int)report.ExecutionType)++;
        if (report.RejectReason != RejectReason.None)
        {
            At(CounterLayout.RefusalsOffset, (int)report.RejectReason)++;
        }
    }

    public void Count(LatencyStage stage, long nanos) =>
        At(CounterLayout.HistogramsOffset, ((int)stage * DurationBuckets.Count) + DurationBuckets.IndexOf(nanos))++;

    public void Dispose()
    {
        _file.Dispose();
        _ownership.Dispose();
    }

    private static void Format(byte* start)
    {
        *(ulong*)start = CounterLayout.MagicValue;
        *(int*)(start + 8) = MessageLayout.Version;
        *(ulong*)(start + 16) = MessageLayout.Hash;
    }

    private ref long At(int offset, int index) => ref *(long*)(_file.Start + offset + (index * sizeof(long)));
}
