using System.Collections.Immutable;
using Spectre.Console;

namespace Oms.Cli.Trading;

/// <summary>
/// A table of as many columns as there is room for. What is left out is named below it; what is shown is
/// never cut short.
/// </summary>
internal static class FittedTable
{
    /// <summary>Padding on both sides and one border.</summary>
    private const int WidthAroundCell = 3;

    public static Table Of(ImmutableArray<TableField> fields, List<string[]> rows, int width)
    {
        int[] shown = [.. Enumerable.Range(0, fields.Length)];
        while (WidthOf(shown, fields, rows) > width && shown.Any(index => fields[index].DropRank > 0))
        {
            int dropped = shown.MaxBy(index => fields[index].DropRank);
            shown = [.. shown.Where(index => index != dropped)];
        }

        bool isTight = WidthOf(shown, fields, rows) > width;
        var table = new Table { Border = TableBorder.Rounded };
        foreach (int index in shown)
        {
            var column = new TableColumn(fields[index].Name);
            _ = table.AddColumn(isTight && fields[index].CanFold ? column : column.NoWrap());
        }

        foreach (string[] row in rows)
        {
            _ = table.AddRow(shown.Select(index => new Text(row[index])));
        }

        string[] missing =
            [.. fields.Where((_, index) => !shown.Contains(index)).Select(field => field.Name)];
        if (missing.Length > 0)
        {
            table.Caption = new TableTitle($"no room for: {string.Join(", ", missing)}; --json tells all");
        }

        return table;
    }

    private static int WidthOf(int[] shown, ImmutableArray<TableField> fields, List<string[]> rows) =>
        1 + shown.Sum(index => WidthAroundCell + Math.Max(
            fields[index].Name.Length, rows.Select(row => row[index].Length).DefaultIfEmpty().Max()));
}
