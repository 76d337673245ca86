using Oms.Cli.Trading;
using Spectre.Console;

namespace Oms.Cli.Tests;

public sealed class FittedTableTests
{
    private static readonly string[] Row =
        ["12:00:00", "buy", "0.01", "an-id-of-thirty-six-characters-12345"];

    [Fact]
    public void Everything_is_shown_where_there_is_room()
    {
        string text = Written(80);
        Assert.All([.. Row, "time"], cell => Assert.Contains($" {cell} ", text));
        Assert.DoesNotContain("no room for", text);
    }

    [Fact]
    public void What_has_no_room_is_left_out_and_named()
    {
        string text = Written(60);
        Assert.All(Row[1..], cell => Assert.Contains($" {cell} ", text));
        Assert.DoesNotContain(Row[0], text);
        Assert.Contains("no room for: time; --json tells all", text);
    }

    [Fact]
    public void An_identifier_goes_on_in_the_next_line_before_anything_is_cut()
    {
        string text = Written(40);
        Assert.Contains(" buy ", text);
        Assert.Contains(" 0.01 ", text);
        Assert.DoesNotContain("…", text);
        string id = string.Concat(text.Split('\n')
            .Where(line => line.Count(character => character == '│') == 4)
            .Skip(1)
            .Select(line => line.Split('│')[3].Trim()));
        Assert.Equal(Row[3], id);
    }

    private static string Written(int width)
    {
        using var output = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new()
        {
            Ansi = AnsiSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = true;
        console.Write(FittedTable.Of(
            [new("time", DropRank: 1), new("side"), new("quantity"), new("order id", CanFold: true)],
            [Row],
            width));
        return output.ToString();
    }
}
