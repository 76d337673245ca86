using System.Collections.Immutable;
using Oms.Cli.Supervision;
using Spectre.Console;

namespace Oms.Cli.Commands;

/// <summary>Processes as a table.</summary>
internal static class StatusTable
{
    /// <summary>A file or a pipe has no width; nothing is folded there.</summary>
    private const int WidthOfFiles = 200;

    /// <summary>What counts when they were started: where each is, and that it is ready.</summary>
    public static void WriteStarted(ImmutableArray<StatusRow> rows)
    {
        Table table = Of("process", "pid", "address", "state");
        foreach (StatusRow row in rows)
        {
            _ = table.AddRow(new Text(row.Name), new Text($"{row.Pid}"), new Text(row.Address), StateOf(row));
        }

        Write(table);
    }

    public static void Write(ImmutableArray<StatusRow> rows)
    {
        Table table = Of("process", "pid", "address", "state", "MB", "restarts", "detail");
        foreach (StatusRow row in rows)
        {
            _ = table.AddRow(
                new Text(row.Name),
                new Text($"{row.Pid}"),
                new Text(row.Address),
                StateOf(row),
                new Text($"{row.ResidentMegabytes}"),
                new Text($"{row.Restarts}"),
                new Text(row.Detail));
        }

        Write(table);
    }

    private static Table Of(params ReadOnlySpan<string> columns)
    {
        var table = new Table { Border = TableBorder.None };
        foreach (string column in columns)
        {
            _ = table.AddColumn(new TableColumn(column) { Padding = new Padding(0, 0, 2, 0) });
        }

        return table;
    }

    private static void Write(Table table)
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = WidthOfFiles;
        }

        AnsiConsole.Write(table);
    }

    private static Text StateOf(StatusRow row) =>
        new(row.State.ToString().ToLowerInvariant(), new Style(row.State switch
        {
            SupervisedState.Ready => Color.Green,
            SupervisedState.Starting or SupervisedState.Degraded or SupervisedState.Restarting =>
                Color.Yellow,
            SupervisedState.Stopped or SupervisedState.Unresponsive => Color.Red,
        }));
}
