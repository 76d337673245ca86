using System.Globalization;
using System.Text.Json;
using Oms.Testing;
using Oms.V1;

namespace Oms.EndToEnd;

/// <summary>The kill switch: it stops at once, it holds, and it needs FastPath and nothing else.</summary>
[Collection(RunningSystem.Name)]
public sealed class HaltTests(Deployment deployment)
{
    private const string Account = "binance/sub_market_making";
    private const string Other = "binance/main";

    private static readonly string[] OtherProcesses = ["gateway", "silo", "connectors"];

    private readonly Trader _trader = new(deployment);

    [Fact]
    public async Task A_halted_account_has_no_order_at_the_exchange_and_takes_none_until_it_is_resumed()
    {
        Order resting = await RestAsync(Account, "halt-account");
        try
        {
            CommandResult halted = await deployment.Oms("halt", "--account", Account, "--json");

            JsonElement[] lines = [.. halted.Expect(0).Json];
            Assert.Equal(["halted", "confirmed"], lines.Select(line => Text(line, "state")));
            Assert.All(lines, line => Assert.Equal(
                ("account", Account, Environment.UserName),
                (Text(line, "scope"), Text(line, "name"), Text(line, "by"))));
            Assert.True(Sequence(lines[0]) < Sequence(lines[1]));
            Assert.Equal("CANCELED", await AtExchangeAsync(resting));
            await ReachesAsync(Account, "halt-account", OrderStatus.Canceled);
            Assert.Equal("halted", (await PlaceAsync(Account, "halt-refused")).RejectReason);

            // What is not halted goes on, and halting again does no harm.
            Assert.Equal("", (await RestAsync(Other, "halt-other")).RejectReason);
            CommandResult again = (await deployment.Oms("halt", "--account", Account)).Expect(0);
            Assert.Contains($"account {Account}: confirmed: no order lives, here or at the exchange", again.Output);
        }
        finally
        {
            CommandResult resumed = (await deployment.Oms("resume", "--account", Account)).Expect(0);
            Assert.Equal($"account {Account}: resumed: orders are taken again", resumed.Output.Trim());
        }

        _ = await RestAsync(Account, "halt-resumed");
        await CancelAsync(Account, "halt-resumed");
        await CancelAsync(Other, "halt-other");
        Assert.Empty(await Agreement.DifferencesAsync(deployment));
    }

    [Fact]
    public async Task An_order_is_halted_alone()
    {
        Order halted = await RestAsync(Account, "halt-one");
        Order kept = await RestAsync(Account, "halt-not-this");

        CommandResult result = await deployment.Oms("halt", "--order", halted.OrderId, "--json");

        Assert.Equal(["halted", "confirmed"], result.Expect(0).Json.Select(line => Text(line, "state")));
        Assert.Equal(("CANCELED", "NEW"), (await AtExchangeAsync(halted), await AtExchangeAsync(kept)));
        await CancelAsync(Account, "halt-not-this");
    }

    [Fact]
    public async Task A_halted_firm_needs_FastPath_alone_and_stays_halted_over_every_death()
    {
        Order resting = await RestAsync(Other, "halt-firm");
        IReadOnlyDictionary<string, JsonElement> before = await deployment.StatusAsync();
        try
        {
            await HaltWithTheOthersDeadAsync(before);
            await AllReadyAgainAsync(before, [.. OtherProcesses, "fastpath"]);

            Assert.Equal("halted", (await PlaceAsync(Other, "halt-firm-refused")).RejectReason);
            await EndsAsync("confirmed", "halt", "--account", Other);
            Assert.Equal("CANCELED", await AtExchangeAsync(resting));
            await ReachesAsync(Other, "halt-firm", OrderStatus.Canceled);

            CommandResult firm = (await deployment.Oms("halt")).Expect(0);
            Assert.Contains("firm: confirmed: no order lives, here or at the exchange", firm.Output);

            // Each scope is resumed by itself.
            await EndsAsync("resumed", "resume");
            await EndsAsync("resumed", "resume", "--account", Other);
            Assert.Equal("halted", (await PlaceAsync(Other, "halt-exchange-refused")).RejectReason);
        }
        finally
        {
            await EndsAsync("resumed", "resume", "--account", Other);
            await EndsAsync("resumed", "resume", "--exchange", "binance");
            await EndsAsync("resumed", "resume");
        }

        _ = await RestAsync(Other, "halt-firm-resumed");
        await CancelAsync(Other, "halt-firm-resumed");
        Assert.Empty(await Agreement.DifferencesAsync(deployment));
    }

    [Theory]
    [InlineData("--account: FastPath has no account 'binance/nobody'", "halt", "--account", "binance/nobody")]
    [InlineData("--account: FastPath has no account 'other/main'", "resume", "--account", "other/main")]
    [InlineData("--exchange: FastPath has no account at 'nowhere'", "halt", "--exchange", "nowhere")]
    [InlineData("--exchange: FastPath has no account at 'an_exchange_of_a_long_name'",
        "resume", "--exchange", "an_exchange_of_a_long_name")]
    [InlineData("--order: 'mine' is no order id", "halt", "--order", "mine")]
    [InlineData("--order: '-7' is no order id", "halt", "--order=-7")]
    [InlineData("order 7 is not known: nothing was halted", "halt", "--order", "7")]
    public async Task What_is_not_there_is_not_halted_and_the_message_says_so(string message, params string[] arguments)
    {
        CommandResult result = await deployment.Oms([.. arguments, "--json"]);

        Assert.Equal(message, result.Expect(1).Errors.Trim());
        Assert.Empty(result.Output);
    }

    /// <summary>The firm while FastPath lives, the exchange when it does not; and then all may come back.</summary>
    private async Task HaltWithTheOthersDeadAsync(IReadOnlyDictionary<string, JsonElement> before)
    {
        int supervisor = ParentOf(PidIn(before, "fastpath"));
        await SignalAsync("STOP", supervisor);
        try
        {
            foreach (string process in OtherProcesses)
            {
                Deployment.Kill(PidIn(before, process));
            }

            CommandResult halted = await deployment.Oms("halt", "--timeout", "1", "--json");
            JsonElement said = Assert.Single(halted.Expect(1).Json);
            Assert.Equal(("firm", "", "halted"), (Text(said, "scope"), Text(said, "name"), Text(said, "state")));
            Assert.Contains("firm is halted; that what lived has ended is not confirmed yet", halted.Errors);

            Deployment.Kill(PidIn(before, "fastpath"));
            CommandResult unheard = await deployment.Oms("halt", "--exchange", "binance", "--timeout", "4", "--json");
            Assert.Empty(unheard.Expect(1).Output);
            Assert.Contains("FastPath does not run: exchange binance is halted as soon as it does", unheard.Errors);
        }
        finally
        {
            await SignalAsync("CONT", supervisor);
        }
    }

    private async Task<Order> RestAsync(string account, string clientOrderId)
    {
        _ = await PlaceAsync(account, clientOrderId);
        await ReachesAsync(account, clientOrderId, OrderStatus.New);
        return await _trader.GetAsync(account, clientOrderId);
    }

    private Task<Order> PlaceAsync(string account, string clientOrderId) =>
        _trader.PlaceAsync(Trader.Limit(account, "ETH/USDT", Side.Buy, "0.02", "1000", clientOrderId));

    private async Task CancelAsync(string account, string clientOrderId)
    {
        _ = await _trader.CancelAsync(account, clientOrderId);
        await ReachesAsync(account, clientOrderId, OrderStatus.Canceled);
    }

    private Task ReachesAsync(string account, string clientOrderId, OrderStatus status) => Eventually.True(
        async () => (await _trader.GetAsync(account, clientOrderId)).Status == status,
        Deployment.ReadyDeadline,
        $"{clientOrderId} is {status}");

    private async Task<string> AtExchangeAsync(Order order) =>
        (await deployment.LedgerAsync()).Orders.Single(each =>
            order.Account == $"binance/{each.Account}"
            && each.OrderId == long.Parse(order.ExchangeOrderId, CultureInfo.InvariantCulture)).Status;

    /// <summary>The last word of a command that is done.</summary>
    private async Task EndsAsync(string state, params string[] arguments)
    {
        CommandResult result = (await deployment.Oms([.. arguments, "--timeout", "60", "--json"])).Expect(0);
        Assert.Equal(state, Text(result.Json[^1], "state"));
    }

    private Task AllReadyAgainAsync(IReadOnlyDictionary<string, JsonElement> before, string[] killed) =>
        Eventually.True(
            async () =>
            {
                IReadOnlyDictionary<string, JsonElement> now = await deployment.StatusAsync();
                return now.Values.All(row => Text(row, "state") == "ready")
                    && killed.All(process => PidIn(now, process) != PidIn(before, process));
            },
            Deployment.ReadyDeadline,
            "everything is ready again");

    private static async Task SignalAsync(string signal, int pid) =>
        _ = (await Deployment.RunAsync("/bin/sh", ["-c", $"kill -{signal} {pid}"])).Expect(0);

    private static int ParentOf(int pid)
    {
        string stat = File.ReadAllText($"/proc/{pid}/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
    }

    private static int PidIn(IReadOnlyDictionary<string, JsonElement> status, string process) =>
        status[process].GetProperty("pid").GetInt32();

    private static long Sequence(JsonElement line) => line.GetProperty("log_sequence").GetInt64();

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;
}
