using System.Globalization;
using System.Text.RegularExpressions;
using Oms.V1;

namespace Oms.EndToEnd;

/// <summary>What cannot be trusted any more is not traded on.</summary>
public sealed partial class DamageTests
{
    [Fact]
    public async Task A_damaged_log_is_refused_by_file_and_byte_and_nothing_is_changed()
    {
        await using var deployment = new Deployment();
        await deployment.InitializeAsync();
        Order order = await new Trader(deployment).PlaceAsync(
            Trader.AtMarket("binance/main", "BTC/USDT", Side.Buy, "0.001", "before-damage"));
        Assert.NotEmpty(order.OrderId);
        _ = (await deployment.Oms("down")).Expect(0);
        string path = Directory.GetFiles(deployment.Data.Log, "*.log").Order(StringComparer.Ordinal).First();
        long damagedAt = FlipMiddleByte(path);
        IReadOnlyDictionary<string, string> before = Contents(deployment.Data.Log);

        CommandResult refused = (await deployment.Oms("up", "--detach")).Expect(1);

        Match named = Damage().Match(refused.Errors);
        Assert.True(named.Success, refused.Errors);
        Assert.Equal(path, named.Groups["path"].Value);
        long offset = long.Parse(named.Groups["byte"].Value, CultureInfo.InvariantCulture);
        // Where the record begins that the byte is in.
        Assert.InRange(offset, damagedAt - 4096, damagedAt);
        Assert.Equal(before, Contents(deployment.Data.Log));
        Assert.Empty(ProcessesOf(deployment));
        _ = (await deployment.Oms("status", "--json")).Expect(1);
    }

    private static long FlipMiddleByte(string path)
    {
        using FileStream file = File.Open(path, FileMode.Open, FileAccess.ReadWrite);
        long middle = file.Length / 2;
        file.Position = middle;
        int value = file.ReadByte();
        file.Position = middle;
        file.WriteByte((byte)(value ^ 0x10));
        return middle;
    }

    private static Dictionary<string, string> Contents(string folder) => Directory.GetFiles(folder)
        .ToDictionary(path => path, path => Convert.ToHexString(File.ReadAllBytes(path)));

    /// <summary>Command lines of what runs on the deployment's data.</summary>
    private static string[] ProcessesOf(Deployment deployment) =>
        [.. Directory.GetDirectories("/proc")
            .Where(folder => Path.GetFileName(folder).All(char.IsAsciiDigit))
            .Select(CommandLineOf)
            .Where(line => line.Contains(deployment.Data.Path, StringComparison.Ordinal))];

    private static string CommandLineOf(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' ');
        }
        catch (IOException)
        {
            // It ended meanwhile.
            return "";
        }
    }

    [GeneratedRegex(@"(?<path>/\S+\.log) is damaged at byte (?<byte>[0-9]+)")]
    private static partial Regex Damage();
}
