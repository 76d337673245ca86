using System.Collections.Immutable;
using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Oms.Cli.Inspection;

/// <summary>A report of <c>oms top</c> as tables.</summary>
internal static class TopTables
{
    public static IRenderable Of(TopReport report) => new Rows(
        new Text(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.InputsPerSecond:N0} inputs/s, {report.EventsPerSecond:N0} events/s, "
            + $"{report.RequestsPerSecond:N0} requests/s; busy {report.BusyPercent:0.##} % of cycles, "
            + $"longest {report.CycleNsLongest / 1000.0:N1} µs")),
        Stages(report),
        Rings(report),
        Counts("now", report.Now),
        Counts("inputs", report.Inputs),
        Counts("executions", report.Executions),
        Counts("rejects since the start", report.Rejects));

    private static Table Stages(TopReport report)
    {
        Table table = Titled("stage", "count", "p50 ns", "p99 ns", "p99.9 ns", "max ns");
        foreach (StageRow stage in report.Stages)
        {
            _ = table.AddRow(
                stage.Name, Number(stage.Count), Number(stage.P50Ns), Number(stage.P99Ns), Number(stage.P999Ns),
                Number(stage.MaxNs));
        }

        return table;
    }

    private static Table Rings(TopReport report)
    {
        Table table = Titled("ring", "depth", "capacity", "writer", "reader");
        foreach (RingRow ring in report.Rings)
        {
            _ = table.AddRow(
                ring.Name, Number(ring.DepthBytes), Number(ring.CapacityBytes), Alive(ring.IsWriterAlive),
                Alive(ring.IsReaderAlive));
        }

        return table;
    }

    private static Text Counts(string title, ImmutableSortedDictionary<string, long> counts) =>
        new(counts.Count == 0
            ? ""
            : $"{title}: {string.Join(", ", counts.Select(count => $"{count.Key} {Number(count.Value)}"))}");

    private static Table Titled(params ReadOnlySpan<string> columns)
    {
        var table = new Table { Border = TableBorder.None };
        foreach (string column in columns)
        {
            _ = table.AddColumn(new TableColumn(column) { Padding = new Padding(0, 0, 2, 0) });
        }

        return table;
    }

    private static string Alive(bool isAlive) => isAlive ? "alive" : "silent";

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
