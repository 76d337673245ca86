namespace Oms.Cli.Trading;

/// <summary>Places one order and tells what became of it.</summary>
internal sealed class OrderPlacement(V1.PlaceOrderRequest request, bool asJson)
{
    /// <summary>How much longer an order that ended is followed for the exchange's answer to it.</summary>
    private static readonly TimeSpan StagesPatience = TimeSpan.FromSeconds(1);

    /// <summary>Tells the order as it was accepted or refused.</summary>
    public async Task<int> RunAsync(GatewayConnection gateway, CancellationToken cancellation)
    {
        V1.Order order = await PlaceAsync(gateway, cancellation);
        if (asJson)
        {
            TradingOutput.Write(OrderJson.Of(order), TradingJson.Plain.OrderJson);
        }
        else if (order.Status != V1.OrderStatus.Rejected)
        {
            TradingOutput.Write(TradingTables.Orders([order]));
        }

        return ExitCodeOf(order);
    }

    /// <summary>Tells every report until the order ends, or as long as patience lasts.</summary>
    public async Task<int> RunToEndAsync(
        GatewayConnection gateway, TimeSpan patience, CancellationToken cancellation)
    {
        // Where the account stands before the order is placed: nothing that happens to the order can be
        // missed.
        ExecutionFollower follower = await ExecutionFollower.StartAsync(
            gateway, request.Account, cancellation);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        giveUp.CancelAfter(patience);
        V1.Order order = await PlaceAsync(gateway, cancellation);
        if (order.OrderId.Length > 0)
        {
            order = await FollowAsync(follower, order, giveUp);
            if (!Wording.IsFinal(order.Status))
            {
                await Console.Error.WriteLineAsync(cancellation.IsCancellationRequested
                    ? $"interrupted: {order.ClientOrderId} goes on and is {Wording.Of(order.Status)}"
                    : $"after {patience.TotalSeconds} s it is {Wording.Of(order.Status)}");
            }
        }

        if (cancellation.IsCancellationRequested)
        {
            WriteInterrupted(order);
            return ExitCode.Failed;
        }

        if (asJson)
        {
            await WriteAsync(gateway, order, cancellation);
        }
        else
        {
            WriteStages(order);
        }

        return ExitCodeOf(order);
    }

    private async Task<V1.Order> PlaceAsync(GatewayConnection gateway, CancellationToken cancellation)
    {
        V1.PlaceOrderResponse response = await CommandCall.RunAsync(
            patience => gateway.Orders.PlaceOrderAsync(request, cancellationToken: patience),
            "oms orders",
            $"--client-order-id {request.ClientOrderId}",
            cancellation);
        return response.Order;
    }

    /// <summary>The order as it was last told when it ended or when nobody wants to wait longer.</summary>
    private async Task<V1.Order> FollowAsync(
        ExecutionFollower follower, V1.Order order, CancellationTokenSource giveUp)
    {
        if (Wording.IsFinal(order.Status) && order.Status != V1.OrderStatus.Rejected)
        {
            // The same request again: the order ended before.
            return order;
        }

        try
        {
            await foreach (V1.Execution execution in follower.FollowAsync(giveUp.Token))
            {
                if (execution.Order?.OrderId != order.OrderId)
                {
                    continue;
                }

                bool hadEnded = Wording.IsFinal(order.Status);
                order = execution.Order;
                WriteLine(execution);
                if (Wording.IsFinal(order.Status) && !IsAnswerToCome(order))
                {
                    break;
                }

                if (Wording.IsFinal(order.Status) && !hadEnded)
                {
                    giveUp.CancelAfter(StagesPatience);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // What the order is now says whether it ended.
        }

        return order;
    }

    /// <summary>
    /// Whether a fill came before the exchange's answer to the order itself, which tells the stages.
    /// </summary>
    private static bool IsAnswerToCome(V1.Order order) =>
        order.Stages is null && order.ExchangeOrderId.Length > 0;

    private void WriteInterrupted(V1.Order order)
    {
        if (asJson)
        {
            TradingOutput.Write(OrderJson.Of(order), TradingJson.Plain.OrderJson);
        }
        else
        {
            WriteStages(order);
        }
    }

    private void WriteLine(V1.Execution execution)
    {
        if (asJson)
        {
            return;
        }

        V1.Order order = execution.Order;
        string fill = execution.Fill is { } booked
            ? $" {booked.Quantity} at {booked.Price}, fee {booked.Fee} {booked.FeeAsset}"
            : "";
        Console.Out.WriteLine(
            $"{Wording.TimeOfDay(execution.Time)}  {Wording.Of(execution.Type),-15}{fill}  "
            + $"{Wording.Of(order.Status)} {order.FilledQuantity}/{order.Quantity}  "
            + StagesText(order.Stages));
    }

    private static void WriteStages(V1.Order order) => Console.Out.WriteLine(
        $"{order.Account} {Wording.Of(order.Side)} {order.Quantity} {order.Symbol}: "
        + Wording.Of(order.Status)
        + (order.AveragePrice.Length > 0 ? $" {order.FilledQuantity} at {order.AveragePrice}" : "")
        + $", order {order.OrderId} ({order.ClientOrderId})");

    private static string StagesText(V1.Stages? stages) => stages is null
        ? ""
        : $"µs: gateway {stages.GatewayUs}, ring {stages.RingUs}, risk {stages.RiskUs}, "
            + $"connector {stages.ConnectorUs}, exchange {stages.ExchangeUs}, back {stages.BackUs}";

    private static async Task WriteAsync(
        GatewayConnection gateway, V1.Order order, CancellationToken cancellation)
    {
        List<V1.Fill> fills = order.OrderId.Length == 0
            ? []
            : await TradingLists.FillsAsync(
                gateway, order.Account, order.OrderId, int.MaxValue, cancellation);
        fills.Reverse();
        TradingOutput.Write(
            OrderJson.Of(order) with { Fills = [.. fills.Select(FillJson.Of)] }, TradingJson.Plain.OrderJson);
    }

    private static int ExitCodeOf(V1.Order order)
    {
        if (order.Status != V1.OrderStatus.Rejected)
        {
            return ExitCode.Done;
        }

        Console.Error.WriteLine($"rejected: {order.RejectReason}");
        return ExitCode.Failed;
    }
}
