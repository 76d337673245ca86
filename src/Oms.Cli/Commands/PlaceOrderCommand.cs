using System.CommandLine;
using System.Security.Cryptography;
using Oms.Cli.Trading;

namespace Oms.Cli.Commands;

/// <summary><c>oms order place</c>: places an order, and with <c>--wait</c> shows its life.</summary>
internal static class PlaceOrderCommand
{
    private const int DefaultWaitSeconds = 10;
    private const int WaitSecondsMax = 86_400;
    private const int ClientOrderIdHexDigits = 16;

    public static Command Create(DeploymentOptions deployment)
    {
        Argument<string> account = TradingArguments.Account();
        Argument<string> symbol = TradingArguments.Symbol();
        Argument<string> side = TradingArguments.OneOf("SIDE", "buy or sell.", "buy", "sell");
        Argument<string> quantity = TradingArguments.Quantity();
        Option<string?> limit = TradingArguments.Limit();
        Option<string?> timeInForce = TradingArguments.OptionOf(
            "--tif", "Default: GTC for a limit order; a market order is IOC.", "GTC", "IOC");
        Option<string?> clientOrderId = TradingArguments.ClientOrderIdOption();
        Option<string?> market = TradingArguments.OptionOf(
            "--market", "Default: the only one that the account has enabled.", "spot", "futures");
        var wait = new Option<bool>("--wait") { Description = "Show the order's life until it ends." };
        var timeout = new Option<int>("--timeout")
        {
            Description = "How long to wait while the order rests.",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => DefaultWaitSeconds,
        };
        timeout.Validators.Add(result =>
        {
            if (result.Errors.Any() || result.GetValueOrDefault<int>() is < 0 or > WaitSecondsMax)
            {
                result.AddError($"--timeout: is no number of seconds from 0 to {WaitSecondsMax}");
            }
        });
        Option<bool> json = TradingArguments.Json();
        var command = new Command("place", "Places an order.")
        {
            account, symbol, side, quantity, limit, timeInForce, clientOrderId, market, wait, timeout, json,
        };
        command.SetAction((arguments, _) =>
        {
            var request = new V1.PlaceOrderRequest
            {
                Account = arguments.GetRequiredValue(account),
                Symbol = arguments.GetRequiredValue(symbol),
                Side = IsText(arguments.GetRequiredValue(side), "buy") ? V1.Side.Buy : V1.Side.Sell,
                Type = arguments.GetValue(limit) is null ? V1.OrderType.Market : V1.OrderType.Limit,
                Quantity = arguments.GetRequiredValue(quantity),
                Price = arguments.GetValue(limit) ?? "",
                TimeInForce = TimeInForceOf(arguments.GetValue(timeInForce)),
                ClientOrderId = arguments.GetValue(clientOrderId) ?? NewClientOrderId(),
                Market = MarketOf(arguments.GetValue(market)),
            };
            var placement = new OrderPlacement(request, arguments.GetValue(json));
            var patience = TimeSpan.FromSeconds(arguments.GetValue(timeout));
            return GatewayCall.RunAsync(deployment, arguments, (gateway, cancellation) =>
                arguments.GetValue(wait)
                    ? placement.RunToEndAsync(gateway, patience, cancellation)
                    : placement.RunAsync(gateway, cancellation));
        });
        return command;
    }

    /// <summary>Made here, so that an order whose answer is lost can be named.</summary>
    private static string NewClientOrderId() =>
        $"cli-{RandomNumberGenerator.GetHexString(ClientOrderIdHexDigits, lowercase: true)}";

    private static bool IsText(string? text, string word) =>
        string.Equals(text, word, StringComparison.OrdinalIgnoreCase);

    private static V1.TimeInForce TimeInForceOf(string? text) =>
        text is null ? V1.TimeInForce.Unspecified
        : IsText(text, "GTC") ? V1.TimeInForce.GoodTillCancel
        : V1.TimeInForce.ImmediateOrCancel;

    private static V1.Market MarketOf(string? text) =>
        text is null ? V1.Market.Unspecified : IsText(text, "spot") ? V1.Market.Spot : V1.Market.Futures;
}
