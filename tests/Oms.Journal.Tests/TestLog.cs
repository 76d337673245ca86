using Oms.Domain.Messages;
using Oms.Peer;

namespace Oms.Journal.Tests;

/// <summary>A log in a folder of its own, of records whose numbers are those of their events.</summary>
internal sealed class TestLog : IDisposable
{
    private readonly byte[] _buffer = new byte[MessageHeader.MessageBytesMax];

    /// <summary>In memory: thousands of recoveries, each of which flushes.</summary>
    public string Folder { get; } =
        Directory.CreateDirectory(Path.Combine("/dev/shm", "oms-log-" + Path.GetRandomFileName())).FullName;

    /// <summary>In the order of their records.</summary>
    public IReadOnlyList<string> Segments =>
        [.. Directory.GetFiles(Folder, "*.log").Order(StringComparer.Ordinal)];

    public LogWriter Open(LogTail tail, long segmentBytes = LogWriter.SegmentBytesDefault) =>
        new(Folder, in tail, tail.NextRecordSequence, segmentBytes);

    /// <summary>Recovers, appends so many numbered records, one commit each, and closes.</summary>
    public void Write(int count, long segmentBytes = LogWriter.SegmentBytesDefault)
    {
        using LogWriter writer = Open(LogRecovery.Recover(Folder, static _ => { }), segmentBytes);
        for (int i = 0; i < count; i++)
        {
            Append(writer);
            writer.Commit();
        }
    }

    public void Append(LogWriter writer) =>
        writer.Append(NumberedMessage.Of(writer.NextRecordSequence, _buffer));

    /// <summary>Recovers; every record is the one of its number, from 1 on without gap.</summary>
    public LogTail Recover()
    {
        long next = 1;
        LogTail tail = LogRecovery.Recover(Folder, record =>
        {
            Assert.Equal(next, record.RecordSequence);
            Assert.True(NumberedMessage.Is(next, record.Message));
            next++;
        });
        Assert.Equal(next, tail.NextRecordSequence);
        return tail;
    }

    /// <summary>Recovery refuses the log and changes no byte of it.</summary>
    public LogDamagedException ExpectRefusal()
    {
        (string Path, byte[] Bytes)[] before = Snapshot();
        LogDamagedException damaged = Assert.Throws<LogDamagedException>(
            () => LogRecovery.Recover(Folder, static _ => { }));
        (string Path, byte[] Bytes)[] after = Snapshot();
        Assert.Equal(before.Select(file => file.Path), after.Select(file => file.Path));
        Assert.Equal(before.Select(file => file.Bytes), after.Select(file => file.Bytes));
        Assert.Contains(damaged.Path, before.Select(file => file.Path));
        Assert.Contains($"{damaged.Path} is damaged at byte {damaged.OffsetBytes}: ", damaged.Message);
        return damaged;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private (string Path, byte[] Bytes)[] Snapshot() =>
        [.. Segments.Select(path => (path, File.ReadAllBytes(path)))];
}
