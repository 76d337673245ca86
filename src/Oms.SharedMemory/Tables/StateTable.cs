using System.Runtime.CompilerServices;
using Oms.Domain;
using Oms.Domain.Messages;
using Oms.SharedMemory.Regions;

namespace Oms.SharedMemory.Tables;

/// <summary>
/// Live state that any process reads without asking anyone: each row the last of its key, guarded by a sequence
/// lock. One process writes a table.
/// <code>
///    0  magic | layout version | layout hash | row bytes | rows max          written once
///   64  count | log sequence | changes                                       the writer
///  128  rows: lock (8 bytes of 64) | row
/// </code>
/// A lock is odd while its row is being written; a reader that saw it odd or changed reads again. So it is with the
/// number of changes, for who reads all rows as they were after one event.
/// </summary>
public sealed unsafe class StateTable<TRow> : IDisposable
    where TRow : unmanaged
{
    private const ulong MagicValue = 0x314C_424154534D4F; // "OMSTABL1"
    private const int HeaderLength = 128;
    private const int ReadAttemptsMax = 1_000_000;
    private const int SpinsPerYield = 256;
    private const int SnapshotAttemptsMax = 10_000;

    private readonly MappedFile _file;
    private readonly EndOwnership? _ownership;

    private StateTable(MappedFile file, EndOwnership? ownership)
    {
        _file = file;
        _ownership = ownership;
        RowsMax = (int)At(28);
    }

    private static int Stride => 64 + Unsafe.SizeOf<TRow>();

    public int RowsMax { get; }

    /// <summary>
    /// One more than the highest row written so far; below it there may be rows never written.
    /// </summary>
    public int Count => (int)Volatile.Read(ref *(long*)(_file.Start + 64));

    /// <summary>The number of the last event that the table reflects.</summary>
    public long LogSequence => Volatile.Read(ref *(long*)(_file.Start + 72));

    /// <summary>
    /// Opens the table to write it, making it if it is not there. What it holds stays until overwritten.
    /// </summary>
    /// <exception cref="RoleTakenException">Another live process writes this table.</exception>
    /// <exception cref="LayoutMismatchException">
    /// Another version made it, or one with another number of rows.
    /// </exception>
    public static StateTable<TRow> OpenWriter(SharedRegion region, string name, int rowsMax)
    {
        string path = region.TablePath(name);
        EndOwnership ownership = EndOwnership.Take(path, "writer");
        try
        {
            MappedFile.CreateIfAbsent(
                path, HeaderLength + ((long)rowsMax * Stride), start => Format((byte*)start, rowsMax));
            var table = new StateTable<TRow>(OpenChecked(path), ownership);
            if (table.RowsMax != rowsMax)
            {
                int rowsMaxBefore = table.RowsMax;
                table.Dispose();
                throw new LayoutMismatchException(
                    $"{path} has {rowsMaxBefore} rows, configuration says {rowsMax}; "
                    + "stop all processes of this deployment and remove it");
            }

            return table;
        }
        catch
        {
            ownership.Dispose();
            throw;
        }
    }

    /// <exception cref="FileNotFoundException">Nobody made the table yet.</exception>
    /// <exception cref="LayoutMismatchException">Another version made it, or it is no such table.</exception>
    public static StateTable<TRow> OpenReader(SharedRegion region, string name) =>
        new(OpenChecked(region.TablePath(name)), null);

    public void Write(int index, ref readonly TRow row)
    {
        Invariant.Holds(_ownership is not null && index >= 0 && index < RowsMax);
        byte* slot = Slot(index);
        ref long sequence = ref *(long*)slot;
        Volatile.Write(ref sequence, sequence | 1);
        // The odd lock is visible before any byte of the row changes.
        Thread.MemoryBarrier();
        Unsafe.WriteUnaligned(slot + 64, row);
        Volatile.Write(ref sequence, (sequence | 1) + 1);
        if (index >= Count)
        {
            Volatile.Write(ref *(long*)(_file.Start + 64), index + 1);
        }
    }

    /// <summary>Says that all events up to this one are in the rows.</summary>
    public void SetLogSequence(long logSequence) =>
        Volatile.Write(ref *(long*)(_file.Start + 72), logSequence);

    /// <summary>Says that rows are about to change; until <see cref="EndChanges"/> they reflect no one event.</summary>
    public void BeginChanges()
    {
        ref long changes = ref *(long*)(_file.Start + 80);
        Volatile.Write(ref changes, changes | 1);
        // Seen before any byte of a row changes.
        Thread.MemoryBarrier();
    }

    /// <summary>Says that the rows reflect all events up to this one.</summary>
    public void EndChanges(long logSequence)
    {
        SetLogSequence(logSequence);
        ref long changes = ref *(long*)(_file.Start + 80);
        Volatile.Write(ref changes, (changes | 1) + 1);
    }

    /// <summary>
    /// All rows as they were after one event; false when they change all the time, or their writer died while changing
    /// them.
    /// </summary>
    /// <param name="rows">Filled with the rows that were ever written.</param>
    public bool TryReadAll(List<TRow> rows, out long logSequence)
    {
        for (int attempt = 0; attempt < SnapshotAttemptsMax; attempt++)
        {
            long before = Volatile.Read(ref *(long*)(_file.Start + 80));
            logSequence = LogSequence;
            if ((before & 1) == 0)
            {
                rows.Clear();
                for (int index = 0; index < Count; index++)
                {
                    if (TryRead(index, out TRow row))
                    {
                        rows.Add(row);
                    }
                }

                // The rows are read before the number is looked at again.
                Thread.MemoryBarrier();
                if (Volatile.Read(ref *(long*)(_file.Start + 80)) == before)
                {
                    return true;
                }
            }

            _ = Thread.Yield();
        }

        logSequence = 0;
        return false;
    }

    /// <summary>
    /// A whole copy of a row; false when it was never written, or its writer died while writing it.
    /// </summary>
    public bool TryRead(int index, out TRow row)
    {
        row = default;
        if (index < 0 || index >= Count)
        {
            return false;
        }

        byte* slot = Slot(index);
        for (int attempt = 0; attempt < ReadAttemptsMax; attempt++)
        {
            long before = Volatile.Read(ref *(long*)slot);
            if (before == 0)
            {
                return false;
            }

            if ((before & 1) == 0)
            {
                row = Unsafe.ReadUnaligned<TRow>(slot + 64);
                // The row is read before the lock is looked at again.
                Thread.MemoryBarrier();
                if (Volatile.Read(ref *(long*)slot) == before)
                {
                    return true;
                }
            }

            if (attempt % SpinsPerYield != SpinsPerYield - 1)
            {
                Thread.SpinWait(4);
            }
            else
            {
                // The writer may have lost its core in mid-row: here is one.
                _ = Thread.Yield();
            }
        }

        return false;
    }

    public void Dispose()
    {
        _file.Dispose();
        _ownership?.Dispose();
    }

    private static void Format(byte* start, int rowsMax)
    {
        *(ulong*)start = MagicValue;
        *(int*)(start + 8) = MessageLayout.Version;
        *(ulong*)(start + 16) = MessageLayout.Hash;
        *(int*)(start + 24) = Unsafe.SizeOf<TRow>();
        *(int*)(start + 28) = rowsMax;
    }

    private static MappedFile OpenChecked(string path)
    {
        MappedFile file = MappedFile.Open(path);
        byte* start = file.Start;
        if (file.LengthBytes < HeaderLength
            || *(ulong*)start != MagicValue
            || *(int*)(start + 8) != MessageLayout.Version
            || *(ulong*)(start + 16) != MessageLayout.Hash
            || *(int*)(start + 24) != Unsafe.SizeOf<TRow>()
            || file.LengthBytes != HeaderLength + ((long)(*(int*)(start + 28)) * Stride))
        {
            file.Dispose();
            throw new LayoutMismatchException(
                $"{path} is not a table of {typeof(TRow).Name} of layout {MessageLayout.Version}/"
                + $"{MessageLayout.Hash:x16}; stop all processes of this deployment and remove it");
        }

        return file;
    }

    private int At(int offset) => *(int*)(_file.Start + offset);

    private byte* Slot(int index) => _file.Start + HeaderLength + ((long)index * Stride);
}
