using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.SharedMemory.Tables;
using Oms.Testing;

namespace Oms.Connectors.Tests;

/// <summary>One deployment, the promises of a session one after the other.</summary>
public sealed class SessionTests
{
    [Fact]
    public async Task Session_opens_with_filters_then_session_then_streams()
    {
        await using ConnectorDeployment deployment = await ConnectorDeployment.Start();
        FastPathStandIn fastPath = deployment.FastPath;
        int started = fastPath.IndexOf<SessionStarted>(_ => true);
        Assert.Equal(4, fastPath.Reports.Take(started).Count(
            report => MessageBytes.Header(report).Kind == MessageKind.InstrumentFilters));
        Assert.True(started < fastPath.IndexOf<StreamChanged>(_ => true));
        Assert.All(fastPath.All<StreamChanged>(), changed => Assert.Equal(fastPath.Session, changed.Session));
        InstrumentFilters filters = fastPath.All<InstrumentFilters>().Single(
            each => each.InstrumentId == FastPathStandIn.Bitcoin);
        Assert.Equal((1u, 1L, 1L), (filters.Tradable, filters.TickSize, filters.LotSize));

        AccountId account = deployment.Account("sub_spot_arb");
        long round = fastPath.Gather(account);
        await fastPath.Until(() => fastPath.All<EvidenceEnd>().Any(end => end.EvidenceId == round));
        Assert.Equal(1, fastPath.All<EvidenceEnd>().Single().Complete);
        Assert.Equal(
            [(1u, 1_00000000L), (2u, 50_000_00000000L), (3u, 0L)],
            fastPath.All<BalanceSeen>().Select(seen => (seen.AssetId.Value, seen.Free)));
        await fastPath.Until(
            () => fastPath.All<TopOfBook>().Any(top => top.BidPrice > 0 && top.AskPrice > top.BidPrice));
    }

    [Fact]
    public async Task Orders_are_placed_filled_and_canceled()
    {
        await using ConnectorDeployment deployment = await ConnectorDeployment.Start();
        FastPathStandIn fastPath = deployment.FastPath;
        AccountId account = deployment.Account("sub_spot_arb");

        // Of either kind of key: one signs each request, the other logs on.
        await UntilBySocket(deployment, account, "order.place");
        await UntilBySocket(deployment, deployment.Account(ConnectorDeployment.Ed25519Account), "session.logon");
        OrderId resting = fastPath.Submit(account, Side.Buy, OrderType.Limit, "20000", "0.01");
        await fastPath.Until(() => fastPath.Seen(resting).Any(seen => seen.Source == EvidenceSource.Reply)
            && fastPath.Seen(resting).Any(seen => seen.Source == EvidenceSource.Stream));
        Assert.All(fastPath.Seen(resting), seen => Assert.Equal(ExchangeOrderStatus.New, seen.Status));
        StageStamps stamps = fastPath.Seen(resting).First(seen => seen.Source == EvidenceSource.Reply).Stamps;
        Assert.Equal(1, stamps.RiskDecided);
        Assert.True(stamps.ConnectorPolled > 0 && stamps.Sent > stamps.ConnectorPolled);
        Assert.True(stamps.ReplyReceived > stamps.Sent);

        // What is left of the exchange's limits stands in shared memory: of one account it is one order less.
        using var directory = new ListingDirectory(fastPath.Region);
        using var budgets = new RequestBudgets(fastPath.Region);
        Assert.True(directory.TryGet(account, out AccountDefined placing));
        Assert.True(directory.TryGet(deployment.Account("main"), out AccountDefined other));
        await fastPath.Until(() => budgets.Of(placing, Market.Spot) is { OrdersLeft: 99 or 100, WeightLeft: > 0 });
        Assert.Equal(100, budgets.Of(other, Market.Spot)!.Value.OrdersLeft);
        Assert.Null(budgets.Of(other, Market.Futures));

        fastPath.Cancel(account, resting);
        await fastPath.Until(() => fastPath.Seen(resting).Count(
            seen => seen.Status == ExchangeOrderStatus.Canceled) == 2);
        fastPath.Cancel(account, resting);
        await fastPath.Until(() => fastPath.All<CancelRefused>().Any());
        CancelRefused late = fastPath.All<CancelRefused>().Single();
        Assert.Equal((resting, RejectReason.ExchangeOrderUnknown, -2011), (
            late.OrderId, late.Reason, late.ExchangeErrorCode));

        OrderId market = fastPath.Submit(account, Side.Buy, OrderType.Market, "0", "0.01");
        await fastPath.Until(
            () => fastPath.Seen(market).Count(seen => seen.Status == ExchangeOrderStatus.Filled) >= 2);
        Assert.Equal(1000, fastPath.Trades(
            market).Where(seen => seen.Source == EvidenceSource.Reply).Sum(seen => seen.Quantity));
        Assert.Equal(
            fastPath.Trades(market).Where(seen => seen.Source == EvidenceSource.Reply).Select(
                seen => (seen.TradeId, seen.Price, seen.Fee)),
            fastPath.Trades(market).Where(seen => seen.Source == EvidenceSource.Stream).Select(
                seen => (seen.TradeId, seen.Price, seen.Fee)));
        Assert.True(fastPath.IndexOf<TradeSeen>(seen => seen.OrderId == market)
            < fastPath.IndexOf<OrderSeen>(seen => seen.OrderId == market && seen.CumulativeQuantity > 0));
        Assert.All(fastPath.Trades(market), seen => Assert.Equal(new AssetId(1), seen.FeeAssetId));

        OrderId tooLarge = fastPath.Submit(account, Side.Buy, OrderType.Limit, "20000", "100");
        await fastPath.Until(() => fastPath.All<OrderRefused>().Any());
        OrderRefused refused = fastPath.All<OrderRefused>().Single();
        Assert.Equal((tooLarge, RejectReason.ExchangeInsufficientBalance, -2010), (
            refused.OrderId, refused.Reason, refused.ExchangeErrorCode));
    }

    /// <summary>As long as the connection is not up, orders go over REST.</summary>
    private static async Task UntilBySocket(ConnectorDeployment deployment, AccountId account, string method)
    {
        long before = await deployment.BySocket("order.place");
        await Eventually.True(
            async () =>
            {
                OrderId order = deployment.FastPath.Submit(account, Side.Buy, OrderType.Limit, "20000", "0.001");
                await deployment.FastPath.Until(() => deployment.FastPath.Seen(order).Any());
                deployment.FastPath.Cancel(account, order);
                await deployment.FastPath.Until(() => deployment.FastPath.Seen(order).Any(
                    seen => seen.Status == ExchangeOrderStatus.Canceled));
                return await deployment.BySocket("order.place") > before;
            },
            TimeSpan.FromSeconds(30));
        Assert.True(await deployment.BySocket(method) > 0);
    }

    [Fact]
    public async Task What_happens_to_an_account_is_in_a_log_of_its_own_and_no_secret_in_any()
    {
        await using ConnectorDeployment deployment = await ConnectorDeployment.Start();
        FastPathStandIn fastPath = deployment.FastPath;
        OrderId refused = fastPath.Submit(
            deployment.Account("sub_spot_arb"), Side.Buy, OrderType.Limit, "20000", "100");
        await fastPath.Until(() => fastPath.All<OrderRefused>().Any());

        string own = deployment.LogOf("sub_spot_arb");
        Assert.Contains($"\"OrderId\":\"{refused}\"", own);
        Assert.DoesNotContain("binance/main", own);
        Assert.Contains("binance/main", deployment.LogOf("main"));
        foreach (string secret in deployment.Secrets)
        {
            Assert.DoesNotContain(secret, deployment.Log() + own);
        }
    }

    [Fact]
    public async Task Lost_answer_is_unknown_then_resolved_and_nothing_is_sent_twice()
    {
        await using ConnectorDeployment deployment = await ConnectorDeployment.Start();
        FastPathStandIn fastPath = deployment.FastPath;
        AccountId account = deployment.Account("sub_spot_arb");
        await deployment.Fault("timeout_after_accept", 1);
        OrderId lost = fastPath.Submit(account, Side.Buy, OrderType.Market, "0", "0.01");
        await fastPath.Until(
            () => fastPath.All<OrderOutcomeUnknown>().Any(unknown => unknown.OrderId == lost));
        fastPath.Resolve(account, lost);
        await fastPath.Until(() => fastPath.Seen(lost).Any(seen => seen.Source == EvidenceSource.Query));
        Assert.Equal(ExchangeOrderStatus.Filled, fastPath.Seen(
            lost).Last(seen => seen.Source == EvidenceSource.Query).Status);
        Assert.Equal(1000, fastPath.Trades(
            lost).Where(seen => seen.Source == EvidenceSource.Query).Sum(seen => seen.Quantity));

        await deployment.Fault("http_503_before_accept", 1);
        OrderId never = fastPath.Submit(account, Side.Buy, OrderType.Market, "0", "0.01");
        await fastPath.Until(
            () => fastPath.All<OrderOutcomeUnknown>().Any(unknown => unknown.OrderId == never));
        fastPath.Resolve(account, never);
        await fastPath.Until(() => fastPath.All<OrderAbsent>().Any(absent => absent.OrderId == never));

        ILookup<string, System.Text.Json.JsonElement> ledger = await deployment.Ledger("sub_spot_arb");
        Assert.Equal([WireOrderId.Format(lost)], ledger.Select(orders => orders.Key));
        Assert.All(ledger, orders => Assert.Single(orders));
    }

    [Fact]
    public async Task Killed_connector_returns_with_a_new_session_and_finds_the_orders()
    {
        await using ConnectorDeployment deployment = await ConnectorDeployment.Start();
        FastPathStandIn fastPath = deployment.FastPath;
        AccountId account = deployment.Account("sub_market_making");
        OrderId resting = fastPath.Submit(account, Side.Buy, OrderType.Limit, "20000", "0.01");
        await fastPath.Until(() => fastPath.Seen(resting).Any());
        long session = fastPath.Session;
        await deployment.Connector.KillAsync();
        OrderId unsent = fastPath.Submit(account, Side.Buy, OrderType.Limit, "20000", "0.01");

        await deployment.StartConnector();
        await fastPath.Until(() => fastPath.Session > session);
        await fastPath.Until(() => fastPath.All<StreamChanged>().Any(changed =>
            changed.Header.AccountId == account && changed.Session == fastPath.Session));
        int before = fastPath.Reports.Count;
        long round = fastPath.Gather(account, resting, unsent);
        await fastPath.Until(() => fastPath.All<EvidenceEnd>().Any(end => end.EvidenceId == round));
        Assert.Equal(1, fastPath.All<EvidenceEnd>().Last().Complete);
        Assert.Equal(ExchangeOrderStatus.New, fastPath.Seen(resting).Last().Status);
        Assert.True(fastPath.IndexOf<OrderSeen>(
            seen => seen.OrderId == resting && seen.Source == EvidenceSource.Query) >= before);
        Assert.Equal(unsent, fastPath.All<OrderAbsent>().Single().OrderId);
        Assert.Equal([WireOrderId.Format(resting)], (
            await deployment.Ledger("sub_market_making")).Select(orders => orders.Key));
    }
}
