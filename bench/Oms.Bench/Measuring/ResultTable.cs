using System.Globalization;
using Spectre.Console;

namespace Oms.Bench.Measuring;

/// <summary>A result for people: what was measured, the figures, what is in them and what is not.</summary>
internal static class ResultTable
{
    /// <summary>A file or a pipe has no width; nothing is folded there.</summary>
    private const int WidthOfFiles = 160;

    public static void Write(string what, IEnumerable<(string Name, string Value)> rows, string contents)
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = WidthOfFiles;
        }

        AnsiConsole.WriteLine(what);
        var table = new Table { Border = TableBorder.None, ShowHeaders = false };
        _ = table.AddColumn(new TableColumn("") { Padding = new Padding(0, 0, 2, 0) }).AddColumn("");
        foreach ((string name, string value) in rows)
        {
            _ = table.AddRow(new Text(name), new Text(value));
        }

        AnsiConsole.Write(table);
        AnsiConsole.WriteLine(contents);
    }

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Quantiles in one line.</summary>
    public static string Quantiles(double p50, double p90, double p99, double p999, double max, string unit) =>
        Text($"p50 {p50:N0}, p90 {p90:N0}, p99 {p99:N0}, p99.9 {p999:N0}, max {max:N0} {unit}");
}
