using System.Runtime.InteropServices;
using Oms.Journal;

namespace Oms.Bench.Desk;

/// <summary>The head of a log whose disk is never behind, because there is none.</summary>
internal sealed unsafe class MemoryLog : IBenchLog, IDisposable
{
    private const long CapacityBytes = 1 << 26;
    private const nuint PageBytes = 4096;

    private readonly void* _memory;
    private readonly LogHead _head;

    public MemoryLog()
    {
        long lengthBytes = LogHead.LengthFor(CapacityBytes);
        _memory = NativeMemory.AlignedAlloc((nuint)lengthBytes, PageBytes);
        NativeMemory.Clear(_memory, (nuint)lengthBytes);
        _head = new LogHead((nint)_memory, lengthBytes, "memory");
        _head.Begin(1, default);
        Writer = new LogWriter(_head, default);
    }

    public LogWriter Writer { get; }

    /// <summary>The batch is in the log, and the room is there again.</summary>
    public void Commit()
    {
        Writer.Commit();
        _head.SetDurable(Writer.End);
    }

    public void Dispose() => NativeMemory.AlignedFree(_memory);
}
