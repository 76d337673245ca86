using Oms.Bench.Measuring;
using static Oms.Bench.Measuring.ResultTable;

namespace Oms.Bench.Engine;

/// <summary>A result for people.</summary>
internal static class EngineTable
{
    public static void Write(EngineResult result)
    {
        string notIncluded = result.IsFull ? Full : Text($"""
            Included: finding each canceled order's handle by its id, keeping the handles, and a 32-byte event
            for each acknowledgement, fill and cancel, read again after every {EventBuffer.BatchCommands} commands.
            Not included: risk, ledger, lifecycle, log, rings.
            """);
        ResultTable.Write(
            Text($"""
            engine: {result.Count:N0} commands through {result.Symbols:N0} books of {result.Depth:N0} orders each
            on one thread, core {result.Core}; {result.Passes} passes, ordinary collections in turns with them;
            tick size {result.TickSize}.
            """),
            Rows(result),
            notIncluded);
    }

    private const string Full = """
        Included: the message of each command, its log record, the ladder of risk over 200 accounts with limits of
        account and firm, reservation, matching, double entry, positions, the lifecycle, every report and its record.
        Not included: rings, the copy of the log to the disk, live tables.
        """;

    private static IEnumerable<(string Name, string Value)> Rows(EngineResult result)
    {
        string spread = Text($"({result.NsPerOpMin:F1} to {result.NsPerOpMax:F1})");
        yield return ("a command", Text($"{result.NsPerOp:F1} ns, the median {spread}"));
        yield return ("on the core", Text($"{result.CpuNsPerOp:F1} ns: without the time that others had it"));
        yield return ("rate", Text($"{result.OpsPerS:N0} commands/s"));
        string tail = Text($"p99 {result.NsP99}, p99.9 {result.NsP999}, max {result.NsMax} ns");
        yield return ("one alone", Text($"p50 {result.NsP50}, p90 {result.NsP90}, {tail}"));
        yield return ("", $"of 1 in {EnginePass.SampledEvery}, less what reading the clock takes");
        yield return (
            "ordinary collections",
            Text($"{result.OrdinaryNsPerOp:F1} ns, the median; ours takes {result.Ratio:F3} of their time"));
        yield return ("allocated", Text($"{result.AllocatedBytesPerOp} bytes per command"));
        yield return ("resident", Text($"{result.RssMb:F0} MB, with the commands themselves"));
        yield return ("others", Text($"used {result.OthersCpuPercent:F0} % of a core meanwhile"));
        yield return ("trades", Text($"{result.Trades:N0} of {result.Quantity:N0} in all"));
        yield return ("cancels", Text($"{result.Hits:N0}, and {result.Misses:N0} too late"));
        yield return ("resting", Text($"{result.Resting:N0} orders at the end"));
        string hashes = $"trades {result.TradeHash}, book {result.BookHash}";
        yield return ("hashes", $"stream {result.StreamHash}, {hashes}");
        yield return ("", Verdict(result));
    }

    private static string Verdict(EngineResult result)
    {
        string published = result.IsAsPublished switch
        {
            true => "as published",
            false => "NOT AS PUBLISHED",
            null => "of a workload of which nothing is published",
        };
        string passes = result.IsSameInAllPasses
            ? "the same events in all passes of both books"
            : "EVENTS DIFFER BETWEEN PASSES";
        return $"{published}; {passes}";
    }
}
