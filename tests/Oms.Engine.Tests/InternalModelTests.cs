using CsCheck;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Engine.State;
using Oms.Matching;

namespace Oms.Engine.Tests;

/// <summary>
/// What is matched here against the naive market, over random streams: the same trades in the same order, the
/// same book, the same balances to the last digit, and nobody ever spends what he does not have.
/// </summary>
public sealed class InternalModelTests
{
    private const decimal MakerRate = -0.0001m;
    private const decimal TakerRate = 0.001m;

    private static readonly AccountId[] Accounts = [Desk.Papa, Desk.Quebec, Desk.Romeo, Desk.Sierra];

    private static readonly Gen<(int Verb, int Who, int First, int Second, int Third)[]> Streams = Gen.Select(
        Gen.Int[0, 9], Gen.Int[0, 3], Gen.Int[0, 999], Gen.Int[0, 999], Gen.Int[0, 999]).Array[1, 50];

    [Fact]
    public void The_engine_trades_as_the_naive_market_does() => Streams.Sample(
        steps =>
        {
            Desk desk = Open();
            NaiveMarket market = NaiveTwin();
            var told = new SaidOfOrders(desk);
            foreach ((int, int, int, int, int) step in steps)
            {
                Explained.Run(desk, () =>
                {
                    Step(desk, market, step);
                    AssertEqual(desk, market, told);
                });
            }

            foreach (NaiveOrder order in market.Book.ToArray())
            {
                market.Cancel(order.Name);
                desk.Send(Say.Cancel(new AccountId(order.Account), OrderId.None, order.Name));
            }

            AssertEqual(desk, market, told);
            Audit.Holds(desk.Engine);
            Assert.All(desk.Engine.State.Ledger.Rows, row => Assert.Equal(0, row.Reserved));
        },
        iter: 1500);

    /// <summary>Few funds, so that they run out; and fees that are exact.</summary>
    private static Desk Open()
    {
        var desk = new Desk(ordersHeldMax: 100);
        desk.Send(Desk.Filters(Desk.Paper, notionalMin: 0) with { MakerFee = -100, TakerFee = 1000 });
        desk.Last(Desk.Paper, 100);
        foreach (AccountId account in Accounts)
        {
            desk.Deposit(account, Market.Spot, Desk.Usdt, "5000");
            desk.Deposit(account, Market.Spot, Desk.Btc, "50");
        }

        _ = desk.Take();
        return desk;
    }

    private static NaiveMarket NaiveTwin()
    {
        var market = new NaiveMarket(MakerRate, TakerRate);
        foreach (AccountId account in Accounts)
        {
            market.Funds.Add(account.Value, new NaiveFunds { Quote = 5000, Base = 50 });
        }

        return market;
    }

    private static void Step(
        Desk desk, NaiveMarket market, (int Verb, int Who, int First, int Second, int Third) step)
    {
        AccountId account = Accounts[step.Who];
        NaiveOrder[] own = [.. market.Book.Where(order => order.Account == account.Value)];
        NaiveOrder? chosen = own.Length == 0 ? null : own[step.First % own.Length];
        switch (step.Verb)
        {
            case < 7:
                Place(desk, market, account, TermsOf(step.First, step.Second, step.Third));
                break;
            case 7 when chosen is not null:
                market.Cancel(chosen.Name);
                desk.Send(Say.Cancel(account, OrderId.None, chosen.Name));
                break;
            case 8 or 9 when chosen is not null:
                Amend(desk, market, chosen, 98 + (step.Second % 5), 1 + (step.Third % 25));
                break;
        }
    }

    /// <summary>Prices within the collar of any of them.</summary>
    private static OrderTerms TermsOf(int first, int second, int third)
    {
        var terms = new OrderTerms
        {
            Side = first % 2 == 0 ? Side.Buy : Side.Sell,
            Type = OrderType.Limit,
            TimeInForce = TimeInForce.GoodTillCancel,
            Price = 98 + (second % 5),
            Quantity = 1 + (third % 20),
            SelfTradePrevention = (SelfTradePrevention)(first / 2 % 5),
        };
        return (second / 5 % 8) switch
        {
            0 => terms with { TimeInForce = TimeInForce.ImmediateOrCancel },
            1 => terms with { TimeInForce = TimeInForce.FillOrKill },
            2 => terms with { Flags = OrderFlags.PostOnly },
            3 or 4 => terms with { DisplayQuantity = 1 + (third % 4) },
            5 => terms with { Type = OrderType.Market, Price = 0 },
            _ => terms,
        } is { } made && made.DisplayQuantity > made.Quantity
            ? made with { DisplayQuantity = made.Quantity }
            : made;
    }

    private static void Place(Desk desk, NaiveMarket market, AccountId account, OrderTerms terms)
    {
        string name = $"o{desk.Inputs.Count}";
        uint group = account == Desk.Romeo || account == Desk.Sierra ? Desk.Owner : 0;
        var order = new NaiveOrder(name, account.Value, group, terms);
        MarketPrices prices = desk.Engine.State.Instrument(Desk.Paper).Prices;
        order.ReservePrice = terms.IsAtMarket ? prices.Against(terms.Side, out _) * 105 / 100 : terms.Price;
        bool canPay = market.CanPay(order);
        ExecutionReport report = desk.Place(
            Say.Place(account, Desk.Paper, name, terms.Side, 100, 1) with { Terms = terms });

        Assert.Equal(canPay, report.RejectReason != RejectReason.InsufficientBalance);
        if (canPay)
        {
            market.Place(order);
        }
    }

    private static void Amend(Desk desk, NaiveMarket market, NaiveOrder order, long price, long quantity)
    {
        bool isMore = order.IsBuy
            ? price * (quantity - order.Filled) > order.ReservePrice * order.Leaves
            : quantity > order.Quantity;
        NaiveOrder changed = order with { Price = price, ReservePrice = price, Quantity = quantity };
        decimal free = order.IsBuy ? market.FreeQuote(order.Account) : market.FreeBase(order.Account);
        decimal more = order.IsBuy
            ? market.NeededQuote(changed) - market.NeededQuote(order)
            : changed.Leaves - order.Leaves;
        bool canPay = quantity <= order.Filled || !isMore || free >= more;
        int before = desk.Output.Count;
        desk.Send(new AmendOrder
        {
            Header = MessageHeader.For<AmendOrder>(new AccountId(order.Account)),
            ClientOrderId = Say.ClientId(order.Name),
            OrderId = OrderId.None,
            Price = price,
            Quantity = quantity,
            StopPrice = 0,
            CorrelationId = 9,
        });
        RejectReason reason = MessageBytes.Header(desk.Output[before]).Kind == MessageKind.CancelRejected
            ? MessageBytes.As<CancelRejected>(desk.Output[before]).Reason
            : RejectReason.None;
        if (reason == RejectReason.TermsContradictory)
        {
            // More parts of an iceberg than it is worth, or a part larger than it.
            return;
        }

        Assert.Equal(canPay, reason != RejectReason.InsufficientBalance);
        Assert.Equal(!canPay || !market.TryAmend(order.Name, price, quantity), reason != RejectReason.None);
    }

    private static void AssertEqual(Desk desk, NaiveMarket market, SaidOfOrders told)
    {
        told.Read();
        Assert.Equal(market.Trades, told.Trades);
        foreach (NaiveOrder order in market.Orders.Values)
        {
            ExecutionReport report = told.Last[order.Name];
            Assert.Equal((order.Status, order.Filled), (report.Status, report.CumulativeQuantity));
        }

        AssertBook(desk.Engine.State, market);
        foreach ((uint account, NaiveFunds funds) in market.Funds)
        {
            AssertFunds(desk, market, new AccountId(account), funds);
        }

        Assert.Equal(0, desk.Engine.View.LedgerSum(Desk.Usdt));
        Assert.Equal(0, desk.Engine.View.LedgerSum(Desk.Btc));
    }

    private static void AssertFunds(Desk desk, NaiveMarket market, AccountId account, NaiveFunds funds)
    {
        foreach (Ledgers.BalanceRow row in desk.Engine.State.Ledger.Rows.Where(row => row.Account.Id == account))
        {
            bool isQuote = row.Asset.Definition.AssetId == Desk.Usdt;
            Assert.Equal((isQuote ? funds.Quote : funds.Base) * Desk.One, row.Total);
            decimal free = isQuote ? market.FreeQuote(account.Value) : market.FreeBase(account.Value);
            Assert.Equal(free * Desk.One, row.Free);
            Assert.True(row.Free >= 0);
        }

        Holdings.Holding? holding = desk.Engine.State.Holdings.Find(account, Desk.Paper);
        Assert.Equal(funds.Bought * Desk.One, holding?.QuantityOf(PositionSide.Both) ?? 0);
    }

    private static void AssertBook(EngineState state, NaiveMarket market)
    {
        for (BookSide side = BookSide.Bid; side <= BookSide.Ask; side++)
        {
            var rests = new List<(string, long, long, long)>();
            if (state.Instrument(Desk.Paper).Book is { } book)
            {
                foreach (RestingOrder order in book.Orders(side))
                {
                    rests.Add((state.Orders[(int)order.OrderId].ClientOrderId.ToString(), order.Price,
                        order.ShownQuantity, order.Quantity));
                }
            }

            Assert.Equal(
                market.Book.Where(order => order.IsBuy == (side == BookSide.Bid))
                    .OrderBy(order => order.IsBuy ? -order.Price : order.Price)
                    .ThenBy(order => order.Arrival)
                    .Select(order => (order.Name, order.Price, order.Shown, order.Leaves)),
                rests);
        }
    }
}
