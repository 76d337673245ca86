using System.CommandLine;
using System.Globalization;
using Oms.Cli.Trading;

namespace Oms.Cli.Commands;

/// <summary><c>oms order cancel</c>: asks to cancel an order.</summary>
internal static class CancelOrderCommand
{
    /// <summary>The contract's word for an order that the OMS does not know.</summary>
    private const string OrderUnknown = "order_unknown";

    public static Command Create(DeploymentOptions deployment)
    {
        Argument<string> account = TradingArguments.Account();
        var id = new Argument<string?>("ID")
        {
            Description = "The order: the OMS's id or yours; digits are tried as the OMS's first.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string?> clientOrderId = TradingArguments.ClientOrderIdOption();
        var orderId = new Option<string?>("--order-id") { Description = "The OMS's id.", HelpName = "ID" };
        orderId.Validators.Add(result =>
        {
            if (!TradingArguments.IsOrderId(result.GetValueOrDefault<string>() ?? ""))
            {
                result.AddError("--order-id: is not a number");
            }
        });
        Option<bool> json = TradingArguments.Json();
        var command = new Command("cancel", "Cancels an order.")
        {
            account, id, clientOrderId, orderId, json,
        };
        command.Validators.Add(result =>
        {
            string?[] named = [result.GetValue(id), result.GetValue(clientOrderId), result.GetValue(orderId)];
            if (named.Count(name => name is not null) != 1)
            {
                result.AddError("name the order once: ID, --client-order-id or --order-id");
            }
        });
        command.SetAction((arguments, _) =>
        {
            V1.CancelOrderRequest[] requests = [.. RequestsOf(
                arguments.GetRequiredValue(account),
                arguments.GetValue(id),
                arguments.GetValue(orderId),
                arguments.GetValue(clientOrderId))];
            bool asJson = arguments.GetValue(json);
            return GatewayCall.RunAsync(deployment, arguments, (gateway, cancellation) =>
                RunAsync(gateway, requests, asJson, cancellation));
        });
        return command;
    }

    /// <summary>What the order may be named by, to be tried one after the other.</summary>
    private static IEnumerable<V1.CancelOrderRequest> RequestsOf(
        string account, string? any, string? orderId, string? clientOrderId)
    {
        bool isOrderId = long.TryParse(any, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            && number > 0;
        if (orderId is not null || isOrderId)
        {
            yield return new() { Account = account, OrderId = orderId ?? any };
        }

        if ((clientOrderId ?? any) is { } own)
        {
            yield return new() { Account = account, ClientOrderId = own };
        }
    }

    private static async Task<int> RunAsync(
        GatewayConnection gateway,
        V1.CancelOrderRequest[] requests,
        bool asJson,
        CancellationToken cancellation)
    {
        V1.CancelOrderRequest request = requests[0];
        V1.CancelOrderResponse response = await CancelAsync(gateway, request, cancellation);
        for (int next = 1; next < requests.Length && response.CancelRejectReason == OrderUnknown; next++)
        {
            request = requests[next];
            response = await CancelAsync(gateway, request, cancellation);
        }

        if (response.CancelRejectReason.Length > 0)
        {
            await Console.Error.WriteLineAsync($"not canceled: {response.CancelRejectReason}");
            if (asJson)
            {
                TradingOutput.Write(Refused(request, response), TradingJson.Plain.CancelRefusedJson);
            }

            return ExitCode.Failed;
        }

        if (asJson)
        {
            TradingOutput.Write(OrderJson.Of(response.Order), TradingJson.Plain.OrderJson);
        }
        else
        {
            TradingOutput.Write(TradingTables.Orders([response.Order]));
        }

        return ExitCode.Done;
    }

    private static Task<V1.CancelOrderResponse> CancelAsync(
        GatewayConnection gateway, V1.CancelOrderRequest request, CancellationToken cancellation) =>
        CommandCall.RunAsync(
            patience => gateway.Orders.CancelOrderAsync(request, cancellationToken: patience),
            "oms orders",
            request.HasOrderId
                ? $"--order-id {request.OrderId}"
                : $"--client-order-id {request.ClientOrderId}",
            cancellation);

    private static CancelRefusedJson Refused(
        V1.CancelOrderRequest request, V1.CancelOrderResponse response) => new(
        request.Account,
        Wording.NullIfEmpty(response.Order?.ClientOrderId ?? request.ClientOrderId),
        Wording.NullIfEmpty(response.Order?.OrderId ?? request.OrderId),
        response.Order is null ? null : Wording.Of(response.Order.Status),
        response.CancelRejectReason);
}
