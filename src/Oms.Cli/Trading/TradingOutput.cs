using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;

namespace Oms.Cli.Trading;

/// <summary>Prints what was asked for: one JSON object per line, or a table.</summary>
internal static class TradingOutput
{
    public static void Write<TJson>(TJson value, JsonTypeInfo<TJson> type) =>
        Console.Out.WriteLine(JsonSerializer.Serialize(value, type));

    public static void Write(Table table)
    {
        WidenFiles();
        AnsiConsole.Write(table);
    }

    /// <summary>A file or a pipe has no width: tables get room for all that they tell.</summary>
    public static void WidenFiles()
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = TradingTables.WidthOfFiles;
        }
    }

    public static void Write<TRow, TJson>(
        bool asJson,
        IReadOnlyCollection<TRow> rows,
        Func<TRow, TJson> json,
        JsonTypeInfo<TJson> type,
        Func<IEnumerable<TRow>, Table> table)
    {
        if (!asJson)
        {
            Write(table(rows));
            return;
        }

        foreach (TRow row in rows)
        {
            Write(json(row), type);
        }
    }
}
