using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.Connectors.Tests;

/// <summary>The halt of a whole account ends everything of a listing by few requests, and each order is told.</summary>
public sealed class HaltTests
{
    private const int Orders = 20;

    [Fact]
    public async Task Everything_of_a_listing_is_canceled_at_once_and_one_by_one_where_that_is_in_doubt()
    {
        await using ConnectorDeployment deployment = await ConnectorDeployment.Start();
        FastPathStandIn fastPath = deployment.FastPath;
        AccountId spot = deployment.Account("sub_spot_arb");
        AccountId futures = deployment.Account("sub_futures_trend");

        OrderId[] resting = await Rest(
            fastPath, () => fastPath.Submit(spot, Side.Buy, OrderType.Limit, "20000", "0.001"));
        fastPath.Halt(spot, resting, FastPathStandIn.Bitcoin);
        await UntilCanceled(fastPath, resting);
        Assert.Empty(fastPath.All<CancelRefused>());
        Assert.True(await deployment.BySocket("openOrders.cancelAll") > 0);
        Assert.True(await deployment.BySocket("order.cancel") < Orders / 2);

        // Its answer is an error that proves nothing: each is canceled, and found to be so.
        resting = await Rest(fastPath, () => fastPath.Submit(spot, Side.Buy, OrderType.Limit, "20000", "0.001"));
        await deployment.Fault("http_503_after_accept", 1, "sub_spot_arb");
        fastPath.Halt(spot, resting, FastPathStandIn.Bitcoin);
        OrderId closing = fastPath.Submit(
            spot, Side.Sell, OrderType.Limit, "200000", "0.001", flags: OrderFlags.ReduceOnly);
        await UntilCanceled(fastPath, resting);

        // What closes a position waits for longer than orders may, until that can no more arrive, and is sent then.
        await fastPath.Until(() => fastPath.Seen(closing).Any(seen => seen.Status == ExchangeOrderStatus.New));
        Assert.Empty(fastPath.All<OrderRefused>());

        // Futures tell no states: the stream does.
        resting = await Rest(
            fastPath, () => fastPath.SubmitFutures(futures, Side.Buy, OrderType.Limit, 300_000, 10));
        fastPath.Halt(futures, resting, FastPathStandIn.Perpetual);
        await UntilCanceled(fastPath, resting);
        Assert.True(await deployment.ByRest("DELETE /fapi/v1/allOpenOrders") > 0);

        // A stream that keeps silent tells nothing: what is gone is found out by a question. A cancel that the
        // connector saw before the others leaves alone, and has its own answer.
        resting = await Rest(
            fastPath, () => fastPath.SubmitFutures(futures, Side.Buy, OrderType.Limit, 300_000, 10));
        await deployment.Fault("silence_user_streams", 1, "sub_futures_trend");
        fastPath.Halt(futures, resting, FastPathStandIn.Perpetual);
        OrderId[] gone = [];
        await fastPath.Until(() =>
        {
            gone = [.. fastPath.All<CancelRefused>()
                .Where(refusal => refusal.Reason == RejectReason.ExchangeOrderUnknown)
                .Select(refusal => refusal.OrderId)
                .Intersect(resting)];
            return resting.Except(gone).All(order => IsCanceled(fastPath, order));
        });
        Assert.InRange(gone.Length, Orders / 2, Orders);
    }

    /// <summary>Orders that the exchange has, and both its answer and its stream told of.</summary>
    private static async Task<OrderId[]> Rest(FastPathStandIn fastPath, Func<OrderId> submit)
    {
        OrderId[] orders = [.. Enumerable.Range(0, Orders).Select(_ => submit())];
        await fastPath.Until(() => orders.All(order => fastPath.Seen(order).Count() == 2));
        return orders;
    }

    private static Task UntilCanceled(FastPathStandIn fastPath, OrderId[] orders) =>
        fastPath.Until(() => orders.All(order => IsCanceled(fastPath, order)));

    private static bool IsCanceled(FastPathStandIn fastPath, OrderId order) =>
        fastPath.Seen(order).Any(seen => seen.Status == ExchangeOrderStatus.Canceled);
}
