using Oms.Gateway.Tests.Kit;

namespace Oms.Gateway.Tests;

/// <summary>What a command line that cannot be understood is told.</summary>
[Collection<OneGateway>]
public sealed class UsageTests(SharedDeployment shared)
{
    [Theory]
    [InlineData("SIDE", "order", "place", "binance/main", "BTC/USDT", "bye", "1")]
    [InlineData("QUANTITY", "order", "place", "binance/main", "BTC/USDT", "buy", "1e3")]
    [InlineData("QUANTITY", "order", "place", "binance/main", "BTC/USDT", "buy", "0")]
    [InlineData("--limit", "order", "place", "binance/main", "BTC/USDT", "buy", "1", "--limit", "x")]
    [InlineData("--tif", "order", "place", "binance/main", "BTC/USDT", "buy", "1", "--tif", "DAY")]
    [InlineData("ACCOUNT", "order", "place", "main", "BTC/USDT", "buy", "1")]
    [InlineData("SYMBOL", "order", "place", "binance/main", "BTCUSDT", "buy", "1")]
    [InlineData(
        "--client-order-id",
        "order", "place", "binance/main", "BTC/USDT", "buy", "1", "--client-order-id", "a b")]
    [InlineData("quantity", "order", "place", "binance/sub_spot_arb", "BTC/USDT", "buy", "0.0000001")]
    [InlineData("--timeout", "order", "place", "binance/main", "BTC/USDT", "buy", "1", "--timeout", "-5")]
    [InlineData("--timeout", "order", "place", "binance/main", "BTC/USDT", "buy", "1", "--timeout", "86401")]
    [InlineData("missing: SIDE, QUANTITY;", "order", "place", "binance/main", "BTC/USDT")]
    [InlineData("account: binance/nobody", "watch", "--account", "binance/nobody")]
    [InlineData("name the order once", "order", "cancel", "binance/main")]
    [InlineData("--account", "orders", "--account", "x")]
    public async Task Wrong_usage_exits_with_two_and_names_what_is_wrong(
        string named, params string[] arguments)
    {
        OmsCommand command = await OmsCommand.Run(shared.Deployment, arguments);
        Assert.Equal((2, ""), (command.ExitCode, command.Output));
        Assert.StartsWith(named, command.Errors, StringComparison.Ordinal);
    }
}
