using System.Globalization;
using System.Text.Json;
using Oms.Testing;

namespace Oms.EndToEnd;

/// <summary>Starting, stopping, and telling the truth, with the real processes.</summary>
public sealed class SupervisionTests
{
    private static readonly string[] Processes =
        ["nats", "simulator", "fastpath", "connectors", "silo", "gateway"];

    [Fact]
    public async Task A_killed_supervisor_leaves_no_orphan_and_the_next_start_goes_on()
    {
        await using var deployment = new Deployment();
        await deployment.InitializeAsync();
        IReadOnlyDictionary<string, JsonElement> status = await deployment.StatusAsync();
        Assert.Equal(Processes.Order(), status.Keys.Order());
        Assert.All(status.Values, row =>
        {
            Assert.Equal("ready", row.GetProperty("state").GetString());
            Assert.True(row.GetProperty("rss_mb").GetDecimal() > 0);
            Assert.NotNull(row.GetProperty("address").GetString());
        });
        CommandResult twice = await deployment.Oms("up", "--detach");
        Assert.Contains("already", twice.Expect(1).Errors + twice.Output, StringComparison.OrdinalIgnoreCase);
        CommandResult placed = await deployment.Oms(
            "order", "place", "binance/main", "BTC/USDT", "buy", "0.001", "--wait", "--json");
        Assert.Equal("filled", Assert.Single(placed.Expect(0).Json).GetProperty("status").GetString());
        int[] pids = [.. status.Values.Select(row => row.GetProperty("pid").GetInt32())];

        Deployment.Kill(SupervisorOf(pids[0]));

        await Eventually.True(
            () => pids.All(pid => !Directory.Exists($"/proc/{pid}") || IsZombie(pid)),
            expression: "all children are gone");
        CommandResult dead = (await deployment.Oms("status", "--json")).Expect(1);
        Assert.All(dead.Json, row => Assert.Equal("stopped", row.GetProperty("state").GetString()));

        await deployment.InitializeAsync();
        Assert.Empty(await Agreement.DifferencesAsync(deployment));
        _ = (await deployment.Oms("down")).Expect(0);
        _ = (await deployment.Oms("down")).Expect(0);
    }

    private static int SupervisorOf(int pid)
    {
        string stat = File.ReadAllText($"/proc/{pid}/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
    }

    private static bool IsZombie(int pid)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[stat.LastIndexOf(')') + 2] == 'Z';
        }
        catch (IOException)
        {
            return true;
        }
    }
}
