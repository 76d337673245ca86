using System.Text.Json;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.Connectors.Tests;

/// <summary>The market of futures, at the same deployment as spot.</summary>
public sealed class FuturesTests
{
    private const string Account = "sub_futures_trend";

    [Fact]
    public async Task Orders_rest_change_fill_and_end_and_evidence_tells_positions_and_funding()
    {
        await using ConnectorDeployment deployment = await ConnectorDeployment.Start();
        FastPathStandIn fastPath = deployment.FastPath;
        AccountId account = deployment.Account(Account);
        await fastPath.Until(() => fastPath.All<MarkPrice>().Any(mark => mark.InstrumentId == FastPathStandIn.Perpetual)
            && fastPath.All<TopOfBook>().Any(top => top.InstrumentId == FastPathStandIn.Perpetual && top.BidPrice > 0));

        OrderId resting = fastPath.SubmitFutures(
            account, Side.Buy, OrderType.Limit, 300_000, 10, OrderFlags.PostOnly);
        await fastPath.Until(() => fastPath.Seen(resting).Any(seen => seen.Source == EvidenceSource.Reply)
            && fastPath.Seen(resting).Any(seen => seen.Source == EvidenceSource.Stream));
        fastPath.Amend(account, resting, Side.Buy, 310_000, 20);
        await fastPath.Until(() => fastPath.Seen(resting).Count(
            seen => seen is { Terms.Price: 310_000, Terms.Quantity: 20 }) == 2);
        fastPath.Cancel(account, resting, FastPathStandIn.Perpetual);
        await fastPath.Until(() => fastPath.Seen(resting).Count(
            seen => seen.Status == ExchangeOrderStatus.Canceled) == 2);
        fastPath.Amend(account, resting, Side.Buy, 310_000, 30);
        await fastPath.Until(() => fastPath.All<AmendRefused>().Any());
        Assert.Equal(RejectReason.ExchangeOrderUnknown, fastPath.All<AmendRefused>().Single().Reason);

        OrderId market = fastPath.SubmitFutures(account, Side.Buy, OrderType.Market, 0, 10);
        await fastPath.Until(() => fastPath.Seen(market).Any(seen => seen.Status == ExchangeOrderStatus.Filled));
        Assert.Equal(10, fastPath.Trades(market).Sum(trade => trade.Quantity));
        Assert.All(fastPath.Trades(market), trade => Assert.True(trade.Fee > 0));
        Assert.True(fastPath.IndexOf<TradeSeen>(seen => seen.OrderId == market)
            < fastPath.IndexOf<OrderSeen>(seen => seen.OrderId == market && seen.CumulativeQuantity > 0));

        await deployment.Judge("funding", "symbol=BTCUSDT&rate=0.001");
        await fastPath.Until(() => fastPath.All<FundingSeen>().Any());
        FundingSeen paid = fastPath.All<FundingSeen>().First();
        Assert.True(paid.Amount < 0 && paid.InstrumentId == FastPathStandIn.Perpetual);

        long round = fastPath.Gather(account);
        await fastPath.Until(() => fastPath.All<EvidenceEnd>().Any(end => end.EvidenceId == round));
        Assert.Equal(1, fastPath.All<EvidenceEnd>().Single().Complete);
        PositionSeen position = fastPath.All<PositionSeen>().Single(
            seen => seen.InstrumentId == FastPathStandIn.Perpetual);
        Assert.Equal((1_000_000L, 10, PositionSide.Both), (
            position.Quantity, (int)position.Leverage, position.PositionSide));
        Assert.Equal(0, fastPath.All<PositionSeen>().Single(seen => seen.InstrumentId == new InstrumentId(4)).Quantity);
        BalanceSeen balance = fastPath.All<BalanceSeen>().Single();
        long fees = fastPath.Trades(market).Sum(trade => trade.Fee);
        Assert.Equal((Market.Futures, 20_000_00000000L - fees + paid.Amount), (balance.Market, balance.Free));
    }

    [Fact]
    public async Task Orders_that_waited_while_the_exchange_took_none_leave_together()
    {
        await using ConnectorDeployment deployment = await ConnectorDeployment.Start();
        FastPathStandIn fastPath = deployment.FastPath;
        AccountId account = deployment.Account(Account);
        await deployment.Fault("""{"kind":"too_many_requests","market":"futures","duration_ms":1500}""");
        OrderId refused = fastPath.SubmitFutures(account, Side.Buy, OrderType.Limit, 300_000, 10);
        await fastPath.Until(() => fastPath.All<OrderRefused>().Any(each => each.OrderId == refused));

        OrderId[] waiting =
        [
            .. Enumerable.Range(0, 7).Select(
                _ => fastPath.SubmitFutures(account, Side.Buy, OrderType.Limit, 300_000, 10)),
        ];
        await fastPath.Until(() => waiting.All(order => fastPath.Seen(order).Count() == 2));
        Assert.Equal(2, await deployment.ByRest("POST /fapi/v1/batchOrders"));
        ILookup<string, JsonElement> ledger = await deployment.Ledger(Account, "futures_accounts");
        Assert.All(waiting, order => Assert.Single(ledger[WireOrderId.Format(order)]));
    }

    [Fact]
    public async Task An_account_is_set_as_configured_and_halted_where_it_cannot_be()
    {
        await using ConnectorDeployment deployment = await ConnectorDeployment.Start();
        FastPathStandIn fastPath = deployment.FastPath;
        AccountId account = deployment.Account(Account);
        OrderId bought = fastPath.SubmitFutures(account, Side.Buy, OrderType.Market, 0, 10);
        await fastPath.Until(() => fastPath.Seen(bought).Any(seen => seen.Status == ExchangeOrderStatus.Filled));

        await deployment.Connector.KillAsync();
        int changes = Changes(fastPath, account);
        deployment.Replace("accounts.yaml", "max_leverage: 10", "max_leverage: 10\n      margin_type: isolated");
        deployment.Replace("exchanges.yaml", "# dead_mans_switch_ms", "dead_mans_switch_ms");
        await deployment.StartConnector();
        await fastPath.Until(() => fastPath.All<ChangeHalt>().Any());
        ChangeHalt halt = fastPath.All<ChangeHalt>().Single();
        Assert.Equal((account, "account settings differ"), (halt.Header.AccountId, halt.By.ToString()));
        Assert.Contains("margin type of BTCUSDT is CROSSED, not ISOLATED", deployment.Log(), StringComparison.Ordinal);
        Assert.Contains("margin type ISOLATED of ETHUSDT", deployment.Log(), StringComparison.Ordinal);
        Assert.True(await deployment.ByRest("POST /fapi/v1/countdownCancelAll") >= 2);

        // What is said already is not said again, nor is the account halted again, when its stream is made anew.
        await fastPath.Until(() => Changes(fastPath, account) == changes + 1);
        await deployment.Fault("drop_user_streams", 10, Account);
        await fastPath.Until(() => Changes(fastPath, account) == changes + 3);
        _ = Assert.Single(fastPath.All<ChangeHalt>());
    }

    [Fact]
    public async Task What_the_exchange_closed_itself_is_told_before_the_position_where_it_is_asked_for()
    {
        await using ConnectorDeployment deployment = await ConnectorDeployment.Start();
        FastPathStandIn fastPath = deployment.FastPath;
        AccountId account = deployment.Account(Account);
        OrderId bought = fastPath.SubmitFutures(account, Side.Buy, OrderType.Market, 0, 10);
        await fastPath.Until(() => fastPath.Seen(bought).Any(seen => seen.Status == ExchangeOrderStatus.Filled));
        await deployment.Judge("deleverage", $"symbol=BTCUSDT&account={Account}");

        long round = fastPath.Gather(account, explain: true);
        await fastPath.Until(() => fastPath.All<EvidenceEnd>().Any(end => end.EvidenceId == round));
        TradeSeen closed = fastPath.All<TradeSeen>().Last(
            trade => trade is { Source: EvidenceSource.Query, OrderId.IsNone: true });
        Assert.Equal((Side.Sell, 10L), (closed.Side, closed.Quantity));
        Assert.True(fastPath.IndexOf<TradeSeen>(trade => trade == closed)
            < fastPath.IndexOf<PositionSeen>(seen => seen is { Quantity: 0 } && seen.EvidenceId == round));
    }

    [Fact]
    public async Task Faults_lose_no_order_book_none_twice_and_the_stream_returns()
    {
        await using ConnectorDeployment deployment = await ConnectorDeployment.Start();
        FastPathStandIn fastPath = deployment.FastPath;
        AccountId account = deployment.Account(Account);
        await deployment.Fault("timeout_after_accept", 1, Account);
        OrderId lost = fastPath.SubmitFutures(account, Side.Buy, OrderType.Market, 0, 10);
        await deployment.Fault("http_503_before_accept", 1, Account);
        OrderId never = fastPath.SubmitFutures(account, Side.Buy, OrderType.Market, 0, 10);
        await fastPath.Until(() => fastPath.All<OrderOutcomeUnknown>().Count() == 2);
        fastPath.Resolve(account, lost, instrument: FastPathStandIn.Perpetual);
        fastPath.Resolve(account, never, instrument: FastPathStandIn.Perpetual);
        OrderId[] both = [lost, never];
        await fastPath.Until(() => fastPath.All<OrderAbsent>().Any()
            && both.Any(order => fastPath.Seen(order).Any(seen => seen is
            { Source: EvidenceSource.Query, Status: ExchangeOrderStatus.Filled })));
        OrderId filled = both.Single(order => fastPath.Seen(order).Any());
        Assert.Equal(both.Single(order => order != filled), fastPath.All<OrderAbsent>().Single().OrderId);
        Assert.Equal(10, fastPath.Trades(filled).DistinctBy(trade => trade.TradeId).Sum(trade => trade.Quantity));

        // Late, then again: each is told as often as it came, and is the same.
        await deployment.Fault("hold_user_event", 1, Account);
        await deployment.Fault("repeat_user_event", 2, Account);
        OrderId mixed = fastPath.SubmitFutures(account, Side.Sell, OrderType.Market, 0, 5);
        await fastPath.Until(() => fastPath.Seen(mixed).Any(seen => seen.Status == ExchangeOrderStatus.Filled));
        Assert.Equal(5, fastPath.Trades(mixed).DistinctBy(trade => trade.TradeId).Sum(trade => trade.Quantity));

        foreach (string fault in new[] { "expire_listen_keys", "drop_user_streams" })
        {
            int changes = Changes(fastPath, account);
            await deployment.Fault(fault, 10, Account);
            await fastPath.Until(() => Changes(fastPath, account) == changes + 2);
            await fastPath.UntilUp(account);
        }

        OrderId after = fastPath.SubmitFutures(account, Side.Sell, OrderType.Market, 0, 5);
        await fastPath.Until(() => fastPath.Seen(after).Any(seen => seen.Source == EvidenceSource.Stream));
        ILookup<string, JsonElement> ledger = await deployment.Ledger(Account, "futures_accounts");
        Assert.Equal(
            new[] { filled, mixed, after }.Select(WireOrderId.Format).Order(),
            ledger.Select(orders => orders.Key).Order());
        Assert.All(ledger, orders => Assert.Single(orders));
    }

    [Fact]
    public async Task Position_that_the_exchange_closes_shows_as_an_order_from_elsewhere()
    {
        await using ConnectorDeployment deployment = await ConnectorDeployment.Start();
        FastPathStandIn fastPath = deployment.FastPath;
        AccountId account = deployment.Account(Account);
        OrderId opened = fastPath.SubmitFutures(account, Side.Buy, OrderType.Market, 0, 100);
        await fastPath.Until(() => fastPath.Seen(opened).Any(seen => seen.Status == ExchangeOrderStatus.Filled));

        await deployment.Judge("deleverage", $"symbol=BTCUSDT&account={Account}");
        await fastPath.Until(() => fastPath.All<OrderSeen>().Any(
            seen => seen.OrderId.IsNone && seen.Status == ExchangeOrderStatus.Filled));
        TradeSeen closing = fastPath.All<TradeSeen>().Single(trade => trade.OrderId.IsNone);
        Assert.Equal((Side.Sell, 100L, FastPathStandIn.Perpetual), (
            closing.Side, closing.Quantity, closing.InstrumentId));
        long round = fastPath.Gather(account);
        await fastPath.Until(() => fastPath.All<EvidenceEnd>().Any(end => end.EvidenceId == round));
        Assert.All(fastPath.All<PositionSeen>(), position => Assert.Equal(0, position.Quantity));
    }

    private static int Changes(FastPathStandIn fastPath, AccountId account) =>
        fastPath.All<StreamChanged>().Count(changed => changed.Header.AccountId == account);
}
