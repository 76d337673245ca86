using System.Diagnostics;
using System.Text.Json;
using Oms.V1;

namespace Oms.EndToEnd;

/// <summary>What <c>oms top</c> shows of a system in which something happens.</summary>
[Collection(RunningSystem.Name)]
public sealed class TopTests(Deployment deployment)
{
    private const int Seconds = 4;
    private const string Account = "binance/sub_market_making";

    [Fact]
    public async Task What_happened_is_shown_with_its_counts_and_the_rings_that_are_in_use()
    {
        long refusedBefore = Count(Assert.Single(await ReportsAsync(1)), "rejects", "price_outside_collar");
        using Process top = deployment.StartOms("top", "--count", $"{Seconds}", "--json");
        string? first = await top.StandardOutput.ReadLineAsync();
        var trader = new Trader(deployment);
        Order order = await trader.PlaceAsync(
            Trader.AtMarket(Account, "ETH/USDT", Side.Buy, "0.01", "top-filled"));
        Assert.Equal("", order.RejectReason);
        Order refused = await trader.PlaceAsync(
            Trader.Limit(Account, "ETH/USDT", Side.Buy, "0.01", "100000", "top-refused"));
        Assert.Equal("price_outside_collar", refused.RejectReason);

        string rest = await top.StandardOutput.ReadToEndAsync();
        await top.WaitForExitAsync();
        JsonElement[] reports = [.. new CommandResult("oms top", top.ExitCode, $"{first}\n{rest}", "").Expect(0).Json];

        Assert.Equal(Seconds, reports.Length);
        Assert.True(reports.Sum(report => Count(report, "inputs", "place_order")) >= 2);
        Assert.True(reports.Sum(report => Count(report, "inputs", "top_of_book")) > 0);
        Assert.Equal(1, reports.Sum(report => Count(report, "executions", "rejected")));
        Assert.True(reports.Sum(report => Count(report, "executions", "trade")) >= 1);
        Assert.Equal(refusedBefore + 1, Count(reports[^1], "rejects", "price_outside_collar"));
        Assert.All(reports, IsSound);
        Assert.Equal(
            [
                "commands.gateway-0", "commands.silo-0", "events.gateway-0", "events.silo-0", "reports.connectors-0",
                "requests.connectors-0",
            ],
            Rings(reports[^1]).Except(["commands.halt-0", "events.halt-0"]));
    }

    [Fact]
    public async Task As_text_it_has_a_line_for_each_stage_and_ring_and_names_what_was_refused()
    {
        CommandResult result = await deployment.Oms("top", "--count", "1");

        string text = result.Expect(0).Output;
        foreach (string expected in new[]
        {
            " inputs/s, ", " requests/s; busy ", "p99.9 ns", "publish", "cycle", "commands.gateway-0", "alive",
            "now: ", "live_orders", "inputs: ", "top_of_book",
        })
        {
            Assert.Contains(expected, text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("strategy", text, StringComparison.Ordinal);
        Assert.Empty(result.Errors);
    }

    private static void IsSound(JsonElement report)
    {
        Assert.InRange(report.GetProperty("interval_seconds").GetDouble(), 0.1, 60);
        Assert.True(report.GetProperty("inputs_per_second").GetDouble() > 0);
        Assert.InRange(report.GetProperty("busy_percent").GetDouble(), 0, 100);
        Assert.True(report.GetProperty("cycle_ns_longest").GetInt64() > 0);
        Assert.Equal(
            ["ring", "log", "decide", "publish", "cycle"],
            report.GetProperty("stages").EnumerateArray().Select(stage => stage.GetProperty("name").GetString()));
        foreach (JsonElement stage in report.GetProperty("stages").EnumerateArray())
        {
            long[] nanos = [.. new[] { "p50_ns", "p99_ns", "p999_ns", "max_ns" }.Select(
                name => stage.GetProperty(name).GetInt64())];
            Assert.Equal(nanos.Order(), nanos);
        }

        foreach (JsonElement ring in report.GetProperty("rings").EnumerateArray())
        {
            Assert.InRange(
                ring.GetProperty("depth_bytes").GetInt64(), 0, ring.GetProperty("capacity_bytes").GetInt64());
        }
    }

    private async Task<JsonElement[]> ReportsAsync(int count) =>
        [.. (await deployment.Oms("top", "--count", $"{count}", "--json")).Expect(0).Json];

    private static IEnumerable<string?> Rings(JsonElement report) =>
        report.GetProperty("rings").EnumerateArray().Select(ring => ring.GetProperty("name").GetString());

    private static long Count(JsonElement report, string group, string name) =>
        report.GetProperty(group).TryGetProperty(name, out JsonElement count) ? count.GetInt64() : 0;
}
