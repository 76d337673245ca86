using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Oms.EndToEnd;

/// <summary>Runs what the README tells a newcomer to type, as it is typed.</summary>
[Collection(RunningSystem.Name)]
public sealed partial class ReadmeTests(Deployment deployment)
{
    // Run by this fixture around all tests; running them here would end it, or run this test again.
    private static readonly string[] AroundTheTests = ["up --detach", "up", "test", "down"];

    // Not of a deployment: they are refused while one runs here.
    private const string Benchmarks = "bench ";

    // Runs until it is ended: tested on its own.
    private const string Watch = "watch";

    /// <summary>What each command of the README is to show, by its beginning.</summary>
    private static readonly Dictionary<string, string[]> Shown = new()
    {
        ["order place binance/sub_spot_arb"] =
            ["buy 0.01 BTC/USDT: filled 0.01 at ", "trade", "µs: gateway ", ", exchange "],
        ["order place binance/sub_futures_trend"] = ["buy 0.01 BTC/USDT:USDT: filled 0.01 at "],
        ["positions"] = ["binance/sub_spot_arb", "BTC/USDT"],
        ["balances"] = ["binance/sub_spot_arb", "USDT", "BTC"],
        ["order place binance/main"] = ["binance/main", "ETH/USDT", "sell", "my-first"],
        ["orders --open"] = ["binance/main", "ETH/USDT", "my-first"],
        ["order cancel binance/main"] = ["binance/main", "ETH/USDT", "my-first"],
        ["fills"] = ["binance/sub_spot_arb", "BTC/USDT", "taker"],
        ["halt --account"] = ["account binance/main: halted", "account binance/main: confirmed"],
        ["resume --account"] = ["account binance/main: resumed"],
        ["top"] = ["inputs/s", "decide", "commands.gateway-0", "now: ", "live_orders"],
        ["verify-log"] = ["the chain holds", "each as derived again", "state hash"],
        ["journal"] = ["\"kind\":\"place_order\"", "\"kind\":\"execution_report\""],
        ["status"] = ["nats", "simulator", "fastpath", "connectors", "silo", "gateway", "ready"],
    };

    [Fact]
    public async Task Every_command_of_the_readme_works_and_shows_what_it_says()
    {
        string readme = await File.ReadAllTextAsync(Path.Combine(Checkout.Root, "README.md"));
        string[] commands = [.. Command().Matches(readme)
            .Select(match => match.Groups["arguments"].Value.Trim())
            .Distinct()];
        Assert.Contains("up --detach", commands);
        Assert.Contains(Watch, commands);
        string[] typed =
        [
            .. commands.Except(AroundTheTests).Except([Watch])
                .Where(command => !command.StartsWith(Benchmarks, StringComparison.Ordinal)),
        ];
        Assert.Equal(Shown.Count, typed.Length);

        foreach (string command in typed)
        {
            CommandResult result = (await deployment.Script(command.Split(' '))).Expect(0);
            string[] expected = Shown.Single(
                shown => command.StartsWith(shown.Key, StringComparison.Ordinal)).Value;
            Assert.All(expected, text => Assert.Contains(text, result.Output, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Watch_shows_executions_until_it_is_ended(string signal)
    {
        using Process watch = deployment.StartScript(Watch, "--json");
        try
        {
            Task<string> errors = watch.StandardError.ReadToEndAsync();
            string? line = await FirstLineAsync(watch, $"watched-{signal}-");

            Assert.True(line is not null, $"watch printed nothing: {(watch.HasExited ? await errors : "")}");
            JsonElement execution = JsonSerializer.Deserialize<JsonElement>(line);
            Assert.Equal("binance/main", execution.GetProperty("account").GetString());
            Assert.True(execution.GetProperty("sequence").GetInt64() > 0);
            Assert.StartsWith(
                $"watched-{signal}-",
                execution.GetProperty("order").GetProperty("client_order_id").GetString(),
                StringComparison.Ordinal);

            // The script has become the program: the signal reaches it under the same pid.
            string pid = watch.Id.ToString(CultureInfo.InvariantCulture);
            _ = (await Deployment.RunAsync("kill", ["-s", signal, pid])).Expect(0);
            _ = await watch.StandardOutput.ReadToEndAsync();
            await watch.WaitForExitAsync().WaitAsync(Deployment.ReadyDeadline);
            Assert.Equal(0, watch.ExitCode);
            Assert.Empty(await errors);
        }
        finally
        {
            if (!watch.HasExited)
            {
                watch.Kill();
            }
        }
    }

    /// <summary>
    /// What a watch shows first. It does not say when it has begun: orders are placed until it shows one.
    /// </summary>
    private async Task<string?> FirstLineAsync(Process watch, string idPrefix)
    {
        Task<string?> first = watch.StandardOutput.ReadLineAsync();
        var trader = new Trader(deployment);
        long begun = Stopwatch.GetTimestamp();
        for (int number = 0;
            !first.IsCompleted && Stopwatch.GetElapsedTime(begun) < Deployment.ReadyDeadline;
            number++)
        {
            _ = await trader.PlaceAsync(Trader.AtMarket(
                "binance/main", "ETH/USDT", V1.Side.Buy, "0.01", $"{idPrefix}{number}"));
            _ = await Task.WhenAny(first, Task.Delay(TimeSpan.FromMilliseconds(500)));
        }

        return first.IsCompleted ? await first : null;
    }

    [Fact]
    public void The_script_exists_and_can_be_run()
    {
        UnixFileMode mode = File.GetUnixFileMode(Checkout.Script);
        Assert.True(mode.HasFlag(UnixFileMode.UserExecute));
    }

    /// <summary>In a line of its own or within a sentence.</summary>
    [GeneratedRegex(@"(^|`)\./oms (?<arguments>[^#\n`]+)", RegexOptions.Multiline)]
    private static partial Regex Command();
}
