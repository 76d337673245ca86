using System.Diagnostics;
using System.Text.Json;
using Oms.Configuration;
using Oms.Domain;
using Oms.Domain.Configuration;
using Oms.Journal;
using Oms.Journal.Snapshots;

namespace Oms.FastPath.Snapshots;

/// <summary>
/// <c>Oms.FastPath verify-log</c>: proves the chain of every record that is on the disk, replays the inputs
/// through the engine of this build, and compares each event with the one derived again. Changes nothing.
/// </summary>
internal sealed class VerifyRun(LogFolder log, ReplayStart start)
{
    public const string Usage = "--data DIR [--json]";

    private long _recordSequence;
    private long _recordCount;

    public static int Run(ReadOnlySpan<string> arguments)
    {
        if (arguments is not (["--data", _] or ["--data", _, "--json"]))
        {
            Console.Error.WriteLine($"usage: Oms.FastPath verify-log {Usage}");
            return ProcessExitCode.Misconfigured;
        }

        var data = new DataFolder(arguments[1]);
        var log = new LogFolder(data.Log);
        var store = new SnapshotStore(new SnapshotFolder(data.Snapshots), log);
        VerifiedLog verified = new VerifyRun(log, store.Oldest(Console.Error.WriteLine)).Verify();
        Console.WriteLine(arguments.Length == 3
            ? JsonSerializer.Serialize(verified, VerifyJson.Default.VerifiedLog)
            : Lines(verified));
        return ProcessExitCode.Done;
    }

    /// <exception cref="LogDamagedException">The log is damaged.</exception>
    /// <exception cref="InvalidDataException">An event is not the one that this engine derives.</exception>
    public VerifiedLog Verify()
    {
        long started = Stopwatch.GetTimestamp();
        LogPoint end;
        try
        {
            end = log.Read(log.Oldest, Visit);
        }
        catch (InvariantBrokenException problem)
        {
            throw new InvalidDataException(
                $"record {_recordSequence} is not what this engine derives: {problem.Message}");
        }

        long elapsedMs = (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        return new()
        {
            Segments = log.SegmentPaths.Length,
            Bytes = end.Position - log.Oldest.Position,
            FirstRecord = log.Oldest.RecordSequence + 1,
            LastRecord = end.RecordSequence,
            LastEvent = end.LogSequence,
            ReplayedFromRecord = start.Point.RecordSequence + 1,
            ReplayedInputs = start.Replay.InputCount,
            ReplayedEvents = start.Replay.EventCount,
            LastUnixNanos = start.Replay.LastUnixNanos,
            StateHash = $"{start.Replay.Engine.View.StateHash():x16}",
            ElapsedMs = elapsedMs,
            RecordsPerSecond = _recordCount * 1000 / Math.Max(elapsedMs, 1),
        };
    }

    private static string Lines(VerifiedLog verified) =>
        $"""
        segments    {verified.Segments}, {verified.Bytes} bytes of records
        records     {verified.FirstRecord} to {verified.LastRecord}, the chain holds
        replayed    from record {verified.ReplayedFromRecord}: {verified.ReplayedInputs} inputs
        events      {verified.ReplayedEvents}, each as derived again; the last is event {verified.LastEvent}
        state hash  {verified.StateHash}
        time        {verified.ElapsedMs} ms, {verified.RecordsPerSecond} records/s
        """;

    private void Visit(LogRecord record)
    {
        _recordSequence = record.RecordSequence;
        _recordCount++;
        if (record.RecordSequence > start.Point.RecordSequence)
        {
            start.Replay.Visit(record);
        }
    }
}
