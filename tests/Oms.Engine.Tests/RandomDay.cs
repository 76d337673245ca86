using CsCheck;
using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.Engine.Tests;

/// <summary>
/// A day of everything, made from numbers: all kinds of orders, of accounts at an exchange and of accounts
/// that are matched here, what exchanges say of them, truly, late, twice or in vain, prices, time, rounds,
/// limits, halts. Whatever comes of it, the engine's parts must agree.
/// </summary>
/// <param name="isAlone">Only what is about these accounts: no prices, time, sessions, or shared limits.</param>
internal sealed class RandomDay(Desk desk, AccountId[] accounts, bool isAlone = false)
{
    private static readonly InstrumentId[] AtExchange = [Desk.Toy, Desk.Perp, Desk.BnbBtc];
    private static readonly InstrumentId[] MatchedHere = [Desk.Paper, Desk.PaperPerp];
    private static readonly HaltScope[] AllScopes = [HaltScope.Account, HaltScope.Exchange, HaltScope.Firm];

    private readonly RandomTerms _terms = new(desk);
    private readonly List<ExecutionReport> _orders = [];
    private readonly List<byte[]> _evidence = [];
    private int _session = 1;
    private int _tradeId;
    private int _named;

    /// <summary>A verb and four numbers each.</summary>
    public static Gen<(int Verb, int First, int Second, int Third, int Fourth)[]> Steps(int max) => Gen.Select(
        Gen.Int[0, 99], Gen.Int[0, 999], Gen.Int[0, 999], Gen.Int[0, 999], Gen.Int[0, 999]).Array[1, max];

    public static AccountId[] AllAccounts { get; } =
        [Desk.Alpha, Desk.Bravo, Desk.Delta, Desk.Papa, Desk.Quebec, Desk.Romeo, Desk.Sierra];

    /// <summary>Every account may trade in either wallet; two of the exchange's have one owner.</summary>
    public static Desk Open(int ordersHeldMax = 200)
    {
        var desk = Desk.Trading(ordersHeldMax);
        foreach (AccountId account in new[] { Desk.Alpha, Desk.Bravo, Desk.Delta })
        {
            desk.Define(account, "binance", MarketFlags.Spot | MarketFlags.Futures, account == Desk.Alpha ? 0 : 5u);
            desk.Stream(account, 1, StreamState.Up);
            long round = desk.LastRound();
            foreach (Market wallet in new[] { Market.Spot, Market.Futures })
            {
                desk.Balance(account, Desk.Usdt, 1_000_000 * Desk.One, 0, round, wallet);
                desk.Balance(account, Desk.Btc, 1_000_000 * Desk.One, 0, round, wallet);
            }

            desk.Complete(account, round, 1);
        }

        foreach (InstrumentId instrument in AtExchange)
        {
            desk.Send(Desk.Filters(instrument, notionalMin: 0) with { CanAmend = OrderAmendment.PriceAndQuantity });
        }

        foreach (InstrumentId instrument in AtExchange.Concat(MatchedHere))
        {
            desk.Last(instrument, RandomTerms.PriceOf(instrument, 4));
            desk.Mark(instrument, RandomTerms.PriceOf(instrument, 4));
        }

        foreach (InstrumentId instrument in MatchedHere)
        {
            desk.Send(Desk.Filters(instrument, notionalMin: 0) with { MakerFee = -50, TakerFee = 400 });
        }

        _ = desk.Take();
        return desk;
    }

    public void Step((int Verb, int First, int Second, int Third, int Fourth) step)
    {
        (int verb, int first, int second, int third, int fourth) = step;
        int before = desk.Output.Count;
        switch (verb)
        {
            case < 24:
                Place(first, second, third, fourth);
                break;
            case < 30:
                PlaceList(first, second, third, fourth);
                break;
            case < 36:
                Change(first, second, third, fourth);
                break;
            case < 42:
                Cancel(first, second, third);
                break;
            case < 74:
                SayOfOrder(first, second, third, fourth);
                break;
            case < 84 when !isAlone:
                Move(first, second, third);
                break;
            case < 84:
                break;
            case < 90:
                SayOfAccount(first, second, third, fourth);
                break;
            case < 94 when _evidence.Count > 0:
                desk.Send([.. _evidence[first % _evidence.Count]]);
                break;
            case < 97:
                Rule(first, second, third);
                break;
            case < 100 when isAlone:
                break;
            default:
                desk.NowUnixNanos += (1L + (second % 20 == 0 ? first * 10 : first)) * 1_000_000;
                desk.Send(new Tick { Header = MessageHeader.For<Tick>() });
                break;
        }

        Note(before);
    }

    /// <summary>Cancels everything, and says that it was done.</summary>
    public void End()
    {
        for (int turn = 0; turn < 6 && desk.Engine.View.LiveOrders > 0; turn++)
        {
            int before = desk.Output.Count;
            foreach (AccountId account in accounts)
            {
                desk.Send(new CancelOrders
                {
                    Header = MessageHeader.For<CancelOrders>(account),
                    Scope = CancelScope.Account,
                    InstrumentId = InstrumentId.None,
                    Exchange = default,
                    CorrelationId = 0,
                });
            }

            Note(before);
            foreach (ExecutionReport order in _orders.ToArray())
            {
                before = desk.Output.Count;
                desk.Send(Say.Seen(in order, EvidenceSource.Query, ExchangeOrderStatus.Canceled, 0) with
                {
                    ExchangeOrderId = NumberOf(in order),
                });
                Note(before);
            }
        }
    }

    private AccountId Account(int number) => accounts[number % accounts.Length];

    private InstrumentId InstrumentOf(AccountId account, int number) => account.Value <= Desk.Delta.Value
        ? AtExchange[number % AtExchange.Length]
        : MatchedHere[number % MatchedHere.Length];

    private ExecutionReport? Any(int number) => _orders.Count == 0 ? null : _orders[number % _orders.Count];

    private static long NumberOf(in ExecutionReport order) => order.Origin == OrderOrigin.External
        ? order.ExchangeOrderId
        : 5000 + order.OrderId.Number;

    private string NextName() => $"o{++_named}";

    private void Note(int before)
    {
        foreach (byte[] said in desk.Output.Skip(before))
        {
            bool isOurs = accounts.Contains(MessageBytes.Header(said).AccountId);
            if (isOurs && MessageBytes.Header(said).Kind == MessageKind.ExecutionReport)
            {
                ExecutionReport report = MessageBytes.As<ExecutionReport>(said);
                int known = _orders.FindIndex(order => order.OrderId == report.OrderId);
                if (known >= 0)
                {
                    _orders[known] = report;
                }
                else if (report.ExecutionType != ExecutionType.Rejected)
                {
                    _orders.Add(report);
                }
            }
        }

        _ = _orders.RemoveAll(order => OrderLifecycle.IsFinal(order.Status) && _orders.Count > 20);
    }

    private void Place(int first, int second, int third, int fourth)
    {
        AccountId account = Account(first);
        InstrumentId instrument = InstrumentOf(account, first / 10);
        desk.Send(Say.Place(account, instrument, NextName(), Side.Buy, 100, 1) with
        {
            Terms = _terms.Of(instrument, second, third, fourth),
        });
    }

    private void PlaceList(int first, int second, int third, int fourth)
    {
        AccountId account = Account(first);
        InstrumentId instrument = InstrumentOf(account, first / 10);
        var contingency = (Contingency)(1 + (second % 3));
        OrderTerms main = _terms.Of(instrument, (second % 2) + 22, third, fourth);
        OrderTerms other = main with { Side = main.IsBuy ? Side.Sell : Side.Buy, Quantity = 0 };
        OrderTerms stop = RandomTerms.Stop(contingency == Contingency.OneCancelsOther ? main : other, third, fourth);
        bool isBracket = contingency == Contingency.Bracket;
        OrderLeg Leg(in OrderTerms terms) =>
            new() { ClientOrderId = Say.ClientId(NextName() + terms.Type), Terms = terms };
        desk.Send(new PlaceOrderList
        {
            Header = MessageHeader.For<PlaceOrderList>(account),
            InstrumentId = instrument,
            Contingency = contingency,
            LegCount = isBracket ? (byte)3 : (byte)2,
            CorrelationId = 1,
            Stamps = default,
            First = Leg(in main),
            Second = isBracket || third % 2 == 0 && contingency == Contingency.OneTriggersOther
                ? new() { ClientOrderId = Say.ClientId(NextName() + "b"), Terms = other }
                : Leg(in stop),
            Third = isBracket ? Leg(in stop) : default,
        });
    }

    private void Change(int first, int second, int third, int fourth)
    {
        if (Any(first) is not { } order)
        {
            return;
        }

        if (second % 3 == 0)
        {
            desk.Send(new ReplaceOrder
            {
                Header = MessageHeader.For<ReplaceOrder>(order.Header.AccountId),
                OriginalClientOrderId = default,
                ClientOrderId = Say.ClientId(NextName()),
                OriginalOrderId = order.OrderId,
                InstrumentId = order.InstrumentId,
                Terms = _terms.Of(order.InstrumentId, second, third, fourth),
                CorrelationId = 2,
                Stamps = default,
            });
            return;
        }

        desk.Send(new AmendOrder
        {
            Header = MessageHeader.For<AmendOrder>(order.Header.AccountId),
            ClientOrderId = default,
            OrderId = order.OrderId,
            Price = third % 2 == 0 ? 0 : RandomTerms.PriceOf(order.InstrumentId, fourth),
            Quantity = third % 3 == 0 ? 0 : 1 + (fourth % 20),
            StopPrice = order.Terms.IsConditional && third % 5 == 0
                ? RandomTerms.PriceOf(order.InstrumentId, third)
                : 0,
            CorrelationId = 3,
        });
    }

    private void Cancel(int first, int second, int third)
    {
        if (second % 10 == 0)
        {
            AccountId account = Account(first);
            desk.Send(new CancelOrders
            {
                Header = MessageHeader.For<CancelOrders>(account),
                Scope = CancelScope.Account + (byte)(third % 2),
                InstrumentId = InstrumentOf(account, third),
                Exchange = default,
                CorrelationId = 4,
            });
        }
        else if (Any(first) is { } order)
        {
            desk.Send(Say.Cancel(order.Header.AccountId, order.OrderId));
        }
    }

    private void SayOfOrder(int first, int second, int third, int fourth)
    {
        if (Any(first) is not { } order)
        {
            return;
        }

        long left = Math.Max(1, order.Terms.Quantity - order.CumulativeQuantity);
        switch (second % 20)
        {
            case < 8:
                Trade(order, 1 + (third % left), fourth);
                break;
            case < 13:
                Seen(order, ExchangeOrderStatus.New, third, order.CumulativeQuantity);
                break;
            case 13 or 14:
                Seen(
                    order, ExchangeOrderStatus.Canceled + (byte)(third % 3), third,
                    order.CumulativeQuantity + (fourth % 2));
                break;
            case 15:
                Keep(Say.CancelRefused(in order, RejectReason.ExchangeOrderUnknown));
                break;
            case 16:
                Keep(Say.AmendRefused(
                    in order, third % 2 == 0 ? RejectReason.ExchangeRefused : RejectReason.ConnectorDown));
                break;
            case 17:
                Keep(Say.Unknown(in order));
                break;
            case 18:
                Keep(Say.Refused(in order, RejectReason.ExchangeRefused));
                break;
            default:
                Keep(Say.Absent(in order));
                break;
        }
    }

    private void Seen(in ExecutionReport order, ExchangeOrderStatus status, int third, long cumulative) => Keep(
        Say.Seen(in order, EvidenceSource.Reply + (byte)(third % 3), status, cumulative) with
        {
            ExchangeOrderId = NumberOf(in order),
            Terms = third % 4 == 0 ? default : order.Terms with { Quantity = order.Terms.Quantity + (third % 2) },
        });

    private void Trade(in ExecutionReport order, long quantity, int fourth) => Keep(Say.Trade(
        in order,
        EvidenceSource.Stream,
        ++_tradeId,
        RandomTerms.PriceOf(order.InstrumentId, fourth),
        quantity,
        fourth % 4 == 0 ? 0 : fourth - 100,
        new AssetId((uint)(1 + (fourth % 3)))) with
    {
        ExchangeOrderId = NumberOf(in order),
    });

    private void Keep<TMessage>(TMessage message)
        where TMessage : unmanaged, IMessage
    {
        desk.Send(message);
        _evidence.Add([.. desk.Inputs[^1]]);
    }

    private void Move(int first, int second, int third)
    {
        InstrumentId instrument = (first % 3) switch
        {
            0 => AtExchange[second % AtExchange.Length],
            1 => MatchedHere[second % MatchedHere.Length],
            _ => Desk.BtcUsdt,
        };
        long price = instrument == Desk.BtcUsdt ? 49_000 + (third * 2) : RandomTerms.PriceOf(instrument, third);
        desk.NowUnixNanos += second * 10_000;
        bool isBookOurs = first % 3 == 1;
        switch (second % 5)
        {
            case 0:
                desk.Last(instrument, third % 50 == 0 ? 0 : price);
                break;
            case 1:
                desk.Mark(instrument, third % 50 == 0 ? 0 : price);
                break;
            case 2 when third % 20 == 0 && !isBookOurs:
                desk.Top(instrument, 0, 0);
                break;
            default:
                if (!isBookOurs)
                {
                    desk.Top(instrument, price, price + (third % 3));
                }

                break;
        }
    }

    private void SayOfAccount(int first, int second, int third, int fourth)
    {
        AccountId account = Account(first);
        switch (second % 8)
        {
            case 0 when !isAlone:
                desk.StartSession(third % 3 == 0 ? ++_session : _session);
                break;
            case 0 or 1:
                desk.Stream(account, _session, third % 4 == 0 ? StreamState.Down : StreamState.Up);
                break;
            case 2 or 3:
                Round(account, third, fourth);
                break;
            case 4:
                desk.Send(new FundingSeen
                {
                    Header = MessageHeader.For<FundingSeen>(account),
                    InstrumentId = Desk.Perp,
                    AssetId = third % 5 == 0 ? Desk.Bnb : Desk.Usdt,
                    Amount = (fourth - 500) * 1_000L,
                    FundingId = ++_named,
                });
                break;
            case 5 or 6:
                Foreign(account, third, fourth);
                break;
            default:
                desk.Deposit(account, Market.Spot + (byte)(third % 2), Desk.Usdt, "5");
                break;
        }
    }

    private void Round(AccountId account, int third, int fourth)
    {
        long round = desk.Engine.State.FindAccount(account)?.EvidenceId ?? 0;
        desk.Send(new EvidenceBegin { Header = MessageHeader.For<EvidenceBegin>(account), EvidenceId = round });
        long total = desk.Engine.State.Ledger.Rows
            .Where(row => row.Account.Id == account && row.Asset.Definition.AssetId == Desk.Usdt)
            .Select(row => row.Total).FirstOrDefault();
        desk.Balance(account, Desk.Usdt, Math.Max(0, total) + (third % 5 == 0 ? 7 : 0), 0, round);
        if (fourth % 3 == 0)
        {
            desk.Send(new PositionSeen
            {
                Header = MessageHeader.For<PositionSeen>(account),
                InstrumentId = Desk.Perp,
                PositionSide = (PositionSide)(fourth % 7 == 0 ? third % 3 : 0),
                Leverage = (ushort)(third % 20),
                Quantity = (fourth % 9) * Desk.One,
                EntryNotional = (fourth % 9) * 100 * Desk.One,
                EvidenceId = round,
            });
        }

        desk.Complete(account, round, third % 7 == 0 ? (byte)0 : (byte)1);
    }

    private void Foreign(AccountId account, int third, int fourth)
    {
        InstrumentId instrument = AtExchange[third % 2];
        if (account.Value > Desk.Delta.Value)
        {
            return;
        }

        if (fourth % 2 == 0)
        {
            OrderTerms terms = _terms.Of(instrument, (third % 2) + 20, third, fourth);
            Keep(Say.Foreign(account, instrument, 1 + (third % 6), ExchangeOrderStatus.New, 0, in terms));
        }
        else
        {
            Keep(Say.ForeignTrade(
                account, instrument, 1 + (third % 6), third % 4 < 2 ? Side.Buy : Side.Sell, ++_tradeId,
                1 + (fourth % 5), 100));
        }
    }

    private void Rule(int first, int second, int third)
    {
        AccountId account = Account(first);
        switch (second % (isAlone ? 4 : 6))
        {
            case 0:
                Halt(HaltScope.Account + (byte)(isAlone ? 0 : third % 3), account, isHalted: third % 2 == 0);
                break;
            case 1:
                Resume(account);
                break;
            case 2:
                desk.Send(Say.Limits(
                    account, InstrumentOf(account, third),
                    ["account", $"loss={third}", $"rate={third % 9}", "window=50", "same=20",
                        $"leverage={third % 2 * 500}", $"value={(third % 3) * 5_000}"]));
                break;
            case 3:
                desk.Send(Say.Limits(account, InstrumentOf(account, third), ["instrument", $"position={third % 40}"]));
                break;
            case 4:
                desk.Send(Say.Limits(account, InstrumentOf(account, third), [third % 2 == 0 ? "firm" : "group=5",
                    $"value={third * 20}"]));
                break;
            default:
                desk.Define(Desk.Bravo, "binance", MarketFlags.Spot | MarketFlags.Futures, third % 2 == 0 ? 0 : 5u);
                break;
        }
    }

    /// <summary>What was halted shall not stay so for the whole day.</summary>
    private void Resume(AccountId account)
    {
        foreach (HaltScope scope in isAlone ? [HaltScope.Account] : AllScopes)
        {
            Halt(scope, account, isHalted: false);
        }
    }

    private void Halt(HaltScope scope, AccountId account, bool isHalted) => desk.Send(Say.Halt(
        scope, account, account.Value <= Desk.Delta.Value ? "binance" : "paper", isHalted));
}
