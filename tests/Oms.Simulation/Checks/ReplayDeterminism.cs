using Oms.Domain.Configuration;
using Oms.FastPath.Recovery;
using Oms.FastPath.Snapshots;
using Oms.Journal;
using Oms.Journal.Snapshots;
using Oms.Simulation.World;

namespace Oms.Simulation.Checks;

/// <summary>
/// Invariant 5. The state is what follows from the whole log, and from any snapshot with what comes behind it; a
/// changed byte is found, and of a torn end nothing is lost that is whole.
/// </summary>
internal static class ReplayDeterminism
{
    private const string Name = "5 replay determinism";

    /// <summary>Between two turns of the duty cycle: everything in the log is applied.</summary>
    public static void Check(DataFolder data, LogHead head, ulong liveHash)
    {
        ulong ofLog = HashOf(data, head, new LogReplay(LiveRings.None), default);
        Violation.If(ofLog != liveHash, Name, $"the state is {liveHash:x16}, the log gives {ofLog:x16}");
        var store = new SnapshotStore(new SnapshotFolder(data.Snapshots), new LogFolder(data.Log));
        ReplayStart start = store.Newest(LiveRings.None, skipped => throw new Violation(Name, skipped));
        ulong ofSnapshot = HashOf(data, head, start.Replay, start.Point);
        Violation.If(
            ofSnapshot != liveHash,
            Name,
            $"the state is {liveHash:x16}, the snapshot behind record {start.Point.RecordSequence} gives "
            + $"{ofSnapshot:x16}");
    }

    /// <summary>Every byte of a log that is on the disk counts.</summary>
    /// <param name="bits">That are flipped; 0 shows that the check can fail.</param>
    public static void CheckFlippedByte(string folder, string copy, Dice dice, byte bits = 0x10)
    {
        CopyTo(folder, copy);
        (string path, long from, long to) = dice.Pick(RecordsIn(copy));
        long offset = dice.Between(from, to - 1);
        Change(path, offset, bits);
        bool isFound = IsRefused(copy);
        Violation.If(!isFound, Name, $"a flipped bit at {Path.GetFileName(path)}:{offset} is not found");
    }

    /// <summary>What is broken behind the mark of what was durable is cut there, and nowhere else.</summary>
    /// <param name="bits">That are flipped; 0 shows that the check can fail.</param>
    public static void CheckTornTail(string folder, string copy, Dice dice, byte bits = 0x40)
    {
        CopyTo(folder, copy);
        long logId = new LogFolder(copy).LogId;
        var ends = new List<(LogPoint Point, string Path, long Offset)>();
        using (var reader = LogReader.FromStart(copy))
        {
            while (reader.TryRead(out _))
            {
                ends.Add((reader.Point, reader.SegmentPath, reader.OffsetBytes));
            }
        }

        string last = ends[^1].Path;
        (LogPoint Point, string Path, long Offset)[] tail = [.. ends.Where(end => end.Path == last).TakeLast(40)];
        if (tail.Length < 3)
        {
            return;
        }

        int durable = dice.Below(tail.Length - 1);
        using (DurableMark mark = DurableMark.Open(Disk.OfMachine, copy, logId))
        {
            mark.Write(tail[durable].Point.Position);
        }

        int torn = (int)dice.Between(durable + 1, tail.Length - 1);
        Change(last, dice.Between(tail[torn - 1].Offset, tail[torn].Offset - 1), bits);
        LogPoint end = Recover(copy);
        LogPoint whole = tail[torn - 1].Point;
        Violation.If(
            end != whole,
            Name,
            $"record {whole.RecordSequence + 1} is torn, and recovery ends behind record {end.RecordSequence}");
    }

    private static ulong HashOf(DataFolder data, LogHead head, LogReplay replay, in LogPoint from)
    {
        _ = LogRecovery.Recover(data.Log, head, from, replay.Visit);
        return replay.Engine.View.StateHash();
    }

    /// <summary>Every input in the log, as it went in.</summary>
    public static List<byte[]> Inputs(DataFolder data, LogHead head)
    {
        var inputs = new List<byte[]>();
        ReadAll(data, head, message =>
        {
            if (Domain.Messages.MessageKinds.IsInput(Domain.Messages.MessageBytes.Header(message).Kind))
            {
                inputs.Add(message.ToArray());
            }
        });
        return inputs;
    }

    /// <summary>Inputs and events in their order.</summary>
    public static void ReadAll(DataFolder data, LogHead head, Action<ReadOnlySpan<byte>> take) =>
        _ = LogRecovery.Recover(data.Log, head, default, record => take(record.Message));

    private static void CopyTo(string folder, string copy)
    {
        if (Directory.Exists(copy))
        {
            Directory.Delete(copy, recursive: true);
        }

        _ = Directory.CreateDirectory(copy);
        foreach (string path in Directory.GetFiles(folder))
        {
            File.Copy(path, Path.Combine(copy, Path.GetFileName(path)));
        }
    }

    private static bool IsRefused(string folder)
    {
        try
        {
            _ = new LogFolder(folder).Read(default, static _ => { });
            return false;
        }
        catch (LogDamagedException)
        {
            return true;
        }
    }

    /// <summary>Where the records of each segment are in its file.</summary>
    private static List<(string Path, long From, long To)> RecordsIn(string folder)
    {
        var records = new List<(string Path, long From, long To)>();
        using var reader = LogReader.FromStart(folder);
        while (reader.TryRead(out _))
        {
            if (records.Count == 0 || records[^1].Path != reader.SegmentPath)
            {
                records.Add((reader.SegmentPath, SegmentHeader.Length, reader.OffsetBytes));
            }

            records[^1] = records[^1] with { To = reader.OffsetBytes };
        }

        return records;
    }

    private static void Change(string path, long offset, byte bits)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Position = offset;
        int before = file.ReadByte();
        file.Position = offset;
        file.WriteByte((byte)(before ^ bits));
    }

    /// <summary>As after the death of the machine: there is no head.</summary>
    private static unsafe LogPoint Recover(string folder)
    {
        long lengthBytes = LogHead.LengthFor(LogHead.CapacityBytesMin);
        byte[] memory = GC.AllocateArray<byte>(checked((int)lengthBytes), pinned: true);
        fixed (byte* start = memory)
        {
            var head = new LogHead((nint)start, lengthBytes, "no head");
            return LogRecovery.Recover(folder, head, default, static _ => { }).End;
        }
    }
}
