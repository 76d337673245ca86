using System.Runtime.InteropServices;
using Microsoft.Extensions.Time.Testing;

namespace Oms.Journal.Tests;

/// <summary>
/// A log in a folder of its own, of records whose numbers are those of their events, and the memory of its
/// head, which lives longer than whoever writes.
/// </summary>
internal sealed class TestLog : IDisposable
{
    private readonly nint _memory;

    public TestLog(int headBytes = LogHead.CapacityBytesMin)
    {
        long lengthBytes = LogHead.LengthFor(headBytes);
        _memory = Marshal.AllocHGlobal((nint)lengthBytes);
        Head = new LogHead(_memory, lengthBytes, "/dev/shm/head");
        HeadBytes.Clear();
    }

    /// <summary>In memory: thousands of recoveries, each of which flushes.</summary>
    public string Folder { get; } =
        Directory.CreateDirectory(Path.Combine("/dev/shm", "oms-log-" + Path.GetRandomFileName())).FullName;

    public LogHead Head { get; }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero));

    /// <summary>Header and records of the head.</summary>
    public unsafe Span<byte> HeadBytes => new((void*)_memory, (int)LogHead.LengthFor(Head.CapacityBytes));

    /// <summary>In the order of their records.</summary>
    public IReadOnlyList<string> Segments =>
        [.. Directory.GetFiles(Folder, "*.log").Order(StringComparer.Ordinal)];

    public string Mark => Path.Combine(Folder, "durable.mark");

    /// <summary>Recovers, and goes on.</summary>
    public OpenLog Open(long segmentBytes = LogSettings.SegmentBytesDefault)
    {
        // Each log of a test begins at a time of its own, as logs do.
        Clock.Advance(TimeSpan.FromSeconds(1));
        return Open(segmentBytes, Clock);
    }

    public OpenLog Open(long segmentBytes, TimeProvider clock)
    {
        var settings = new LogSettings
        {
            SegmentBytes = segmentBytes,
            SyncInterval = LogSettings.SyncIntervalOfMemory,
        };
        return new(this, settings, clock);
    }

    /// <summary>
    /// Recovers, appends so many numbered records, one commit each, and closes with all of them on the disk.
    /// </summary>
    public void Write(int count, long segmentBytes = LogSettings.SegmentBytesDefault)
    {
        using OpenLog log = Open(segmentBytes);
        log.Write(count);
        log.Copier.Drain();
    }

    /// <summary>
    /// As <see cref="Write"/>, and then the machine dies with some more records not yet synced.
    /// </summary>
    public void WriteAndDie(int synced, int unsynced)
    {
        using (OpenLog log = Open())
        {
            log.Write(synced);
            log.Copier.Drain();
            log.Write(unsynced);
            log.Copy();
        }

        LoseHead();
    }

    /// <summary>As the death of a machine does.</summary>
    public void LoseHead() => HeadBytes.Clear();

    /// <summary>Recovers; every record is the one of its number, from 1 on without gap.</summary>
    public LogTail Recover() => RecoverFrom(default);

    /// <summary>Recovers; every record behind the place is the one of its number, without gap.</summary>
    public LogTail RecoverFrom(LogPoint from)
    {
        long next = from.RecordSequence + 1;
        LogTail tail = LogRecovery.Recover(Folder, Head, in from, record =>
        {
            Assert.Equal(next, record.RecordSequence);
            Assert.True(Peer.NumberedMessage.Is(next, record.Message));
            next++;
        });
        Assert.Equal(next, tail.End.RecordSequence + 1);
        Assert.Equal(tail.End.RecordSequence, tail.End.LogSequence);
        return tail;
    }

    /// <summary>Recovery refuses the log and changes no byte of it.</summary>
    public LogDamagedException ExpectRefusal()
    {
        (string Path, byte[] Bytes)[] before = Snapshot();
        LogDamagedException damaged = Assert.Throws<LogDamagedException>(
            () => LogRecovery.Recover(Folder, Head, default, static _ => { }));
        (string Path, byte[] Bytes)[] after = Snapshot();
        Assert.Equal(before.Select(file => file.Path), after.Select(file => file.Path));
        Assert.Equal(before.Select(file => file.Bytes), after.Select(file => file.Bytes));
        Assert.Contains(damaged.Path, before.Select(file => file.Path).Append(Head.Path));
        Assert.Contains($"{damaged.Path} is damaged at byte {damaged.OffsetBytes}: ", damaged.Message);
        return damaged;
    }

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        Marshal.FreeHGlobal(_memory);
    }

    private (string Path, byte[] Bytes)[] Snapshot() =>
        [.. Segments.Select(path => (path, File.ReadAllBytes(path)))];
}
