using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Time;
using Oms.Simulation.Exchange;

namespace Oms.Simulation.World;

/// <summary>Everybody who asks for something: draws commands of every kind, and knows what lives.</summary>
internal sealed class Clients(
    Desk desk, Dice dice, VirtualTime time, Trace trace, Tally tally, SimulatedExchange exchange, History history)
{
    private readonly List<ExecutionReport> _live = [];
    private readonly HashSet<AccountId> _halted = [];
    private readonly HashSet<AccountId> _different = [];
    private int _named;
    private int _amended;
    private long _haltsAsked;

    public IReadOnlyList<ExecutionReport> Live => _live;

    public void Hear(ReadOnlySpan<byte> said)
    {
        if (trace.IsRead && MessageBytes.Header(said).Kind == MessageKind.DifferenceFound)
        {
            ref readonly DifferenceFound found = ref MessageBytes.As<DifferenceFound>(said);
            trace.Tell(
                $"event {found.Header.LogSequence}: {Venue.NameOf(found.Header.AccountId)} has {found.Here} of asset "
                + $"{found.AssetId.Value} or instrument {found.InstrumentId.Value}, the exchange says {found.There}");
        }

        if (MessageBytes.Header(said).Kind == MessageKind.HaltChanged)
        {
            Hear(in MessageBytes.As<HaltChanged>(said));
        }

        if (MessageBytes.Header(said).Kind != MessageKind.ExecutionReport)
        {
            return;
        }

        ExecutionReport report = MessageBytes.As<ExecutionReport>(said);
        if (trace.IsRead)
        {
            trace.Tell(
                $"event {report.Header.LogSequence}: {report.OrderId} {report.ClientOrderId} of "
                + $"{Venue.NameOf(report.Header.AccountId)} {report.ExecutionType}, {report.Status} "
                + $"{report.Terms.Side} {report.CumulativeQuantity}/{report.Terms.Quantity} at {report.Terms.Price} in "
                + $"instrument {report.InstrumentId.Value} {report.RejectReason}");
        }

        if (report.RejectReason != RejectReason.None)
        {
            tally.Add($"{report.ExecutionType} {report.RejectReason}");
        }

        int known = _live.FindIndex(order => order.OrderId == report.OrderId);
        if (known >= 0)
        {
            _live.RemoveAt(known);
        }

        if (!OrderLifecycle.IsFinal(report.Status))
        {
            _live.Add(report);
        }
    }

    private void Hear(in HaltChanged halt)
    {
        AccountId account = halt.Header.AccountId;
        if (trace.IsRead)
        {
            trace.Tell($"event {halt.Header.LogSequence}: {Venue.NameOf(account)} is {halt.State}: {halt.Reason}");
        }

        if (halt.Scope != HaltScope.Account || halt.State == HaltState.Resumed)
        {
            _ = _different.Remove(account);
        }
        else if (halt.Reason == HaltReason.Difference)
        {
            _ = _different.Add(account);
            _ = _halted.Add(account);
            tally.Add($"{halt.State} of a difference");
        }
        else if (halt.Reason == HaltReason.LossLimit)
        {
            _ = _halted.Add(account);
            tally.Add($"{halt.State} of a loss");
        }
    }

    /// <summary>Accounts that a difference halted are let go.</summary>
    public byte[][] ResumeDifferences()
    {
        _halted.ExceptWith(_different);
        AccountId[] different = [.. _different.OrderBy(account => account.Value)];
        return [.. different.Select(account => Bytes.Of(Halt(account, isHalted: false)))];
    }

    public byte[] Next() => dice.Below(100) switch
    {
        < 50 => Bytes.Of(Place()),
        < 58 => Bytes.Of(List()),
        < 72 when _live.Count > 0 => Bytes.Of(Cancel(dice.Pick(_live))),
        < 84 when _live.Count > 0 => Bytes.Of(Amend(dice.Pick(_live))),
        < 90 when _live.Count > 0 => Bytes.Of(Replace(dice.Pick(_live))),
        < 92 => Bytes.Of(CancelAll(dice.Pick(desk.Accounts))),
        < 95 => Bytes.Of(Halt()),
        _ => Bytes.Of(Place()),
    };

    /// <summary>
    /// Everything is let go: also what was let go before, since that may have been lost with the machine.
    /// </summary>
    public byte[][] ResumeAll()
    {
        _halted.Clear();
        return [.. desk.Accounts.Select(account => Bytes.Of(Halt(account, isHalted: false)))];
    }

    public static CancelOrders CancelAll(AccountId account) => new()
    {
        Header = MessageHeader.For<CancelOrders>(account),
        Scope = CancelScope.Account,
        InstrumentId = InstrumentId.None,
        Exchange = default,
        CorrelationId = 1,
    };

    public ChangeHalt Halt(AccountId account, bool isHalted)
    {
        trace.Say($"{(isHalted ? "halt" : "resume")} of {Venue.NameOf(account)} asked for");
        if (isHalted)
        {
            history.NoteHalt(account, ++_haltsAsked);
        }
        else
        {
            history.NoteResume(account, trace.Step);
        }

        return Halt(account, isHalted, _haltsAsked);
    }

    private static ChangeHalt Halt(AccountId account, bool isHalted, long correlationId) => new()
    {
        Header = MessageHeader.For<ChangeHalt>(account),
        Scope = HaltScope.Account,
        IsHalted = isHalted ? (byte)1 : (byte)0,
        OrderId = OrderId.None,
        Exchange = default,
        CorrelationId = correlationId,
        By = default,
    };

    /// <summary>Terms near the market, some of them such that they trade at once.</summary>
    public OrderTerms Terms(InstrumentId instrument, Side side, OrderType type)
    {
        // Inside there is no price but the one that traders know from outside.
        (long bid, long ask) = exchange.Market(Venue.IsInside(instrument) ? Venue.BtcUsdt : instrument);
        long near = side == Side.Buy ? bid : ask;
        long price = near + (dice.Between(-40, 40) * (near / 4000));
        long away = (dice.Between(1, 40) * (near / 2000)) + 1;
        bool isAbove = side == Side.Buy == type is OrderType.Stop or OrderType.StopLimit;
        long stop = isAbove ? ask + away : bid - away;
        bool isConditional = type >= OrderType.Stop;
        bool isAtMarket = type is OrderType.Market or OrderType.Stop or OrderType.TakeProfit or OrderType.TrailingStop;
        return new OrderTerms
        {
            Side = side,
            Type = type,
            TimeInForce = isAtMarket ? TimeInForce.ImmediateOrCancel : TimeInForce.GoodTillCancel,
            TriggerSource = isConditional ? TriggerSource.LastPrice : TriggerSource.None,
            Price = isAtMarket ? 0 : price,
            Quantity = dice.Between(1, 60) * (instrument == Venue.EthUsdt ? 100 : 1_000),
            StopPrice = isConditional ? stop : 0,
            TrailingOffset = type == OrderType.TrailingStop ? away : 0,
        };
    }

    private PlaceOrder Place()
    {
        InstrumentId instrument = dice.Pick(desk.Instruments);
        OrderType type = dice.Below(12) switch
        {
            0 => OrderType.Market,
            1 => OrderType.Stop,
            2 => OrderType.StopLimit,
            3 => OrderType.TakeProfitLimit,
            4 => OrderType.TrailingStop,
            _ => OrderType.Limit,
        };
        OrderTerms terms = Terms(instrument, dice.Chance(500) ? Side.Buy : Side.Sell, type);
        if (type == OrderType.Limit)
        {
            terms = dice.Below(10) switch
            {
                0 => terms with { TimeInForce = TimeInForce.ImmediateOrCancel },
                1 => terms with { Flags = OrderFlags.PostOnly },
                2 => terms with
                {
                    TimeInForce = TimeInForce.GoodTillDate,
                    ExpireUnixNanos = UnixNanos.Of(time.GetUtcNow()).Value + dice.Between(1, 5) * UnixNanos.PerSecond,
                },
                3 => terms with { Flags = OrderFlags.ReduceOnly },
                _ => terms,
            };
        }

        AccountId account = dice.Pick(desk.TradersOf(instrument));
        return new()
        {
            Header = MessageHeader.For<PlaceOrder>(account),
            ClientOrderId = NextName(),
            InstrumentId = instrument,
            Terms = Venue.IsInside(instrument) ? Inside(in terms) : Sided(in terms, account, instrument),
            CorrelationId = _named,
            Stamps = default,
        };
    }

    /// <summary>What only books inside do: icebergs, all or nothing, and every way to prevent self-trades.</summary>
    private OrderTerms Inside(in OrderTerms terms)
    {
        bool isPlain = terms is
        {
            Type: OrderType.Limit, TimeInForce: TimeInForce.GoodTillCancel, Flags: OrderFlags.None,
        };
        OrderTerms changed = terms with { SelfTradePrevention = (SelfTradePrevention)dice.Below(5) };
        return (isPlain ? dice.Below(5) : 0) switch
        {
            1 => changed with { TimeInForce = TimeInForce.FillOrKill },
            2 => changed with { DisplayQuantity = Math.Max(1, terms.Quantity / 4) },
            _ => changed,
        };
    }

    /// <summary>In hedge mode each order says which position it changes; a reducing one by its side alone.</summary>
    private OrderTerms Sided(in OrderTerms terms, AccountId account, InstrumentId instrument) =>
        !Venue.IsFutures(instrument) || !Venue.IsHedged(account) ? terms : terms with
        {
            PositionSide = dice.Chance(500) ? PositionSide.Long : PositionSide.Short,
            Flags = terms.Flags & ~OrderFlags.ReduceOnly,
        };

    private PlaceOrderList List()
    {
        InstrumentId instrument = dice.Pick(desk.Instruments);
        var contingency = (Contingency)dice.Between(1, 3);
        OrderTerms first = Terms(instrument, dice.Chance(500) ? Side.Buy : Side.Sell, OrderType.Limit);
        Side back = first.IsBuy ? Side.Sell : Side.Buy;
        OrderTerms stop = contingency == Contingency.OneCancelsOther
            ? Terms(instrument, first.Side, OrderType.StopLimit) with { Quantity = first.Quantity }
            : Terms(instrument, back, OrderType.Stop) with { Quantity = 0 };
        OrderTerms profit = Terms(instrument, back, OrderType.Limit) with { Quantity = 0 };
        bool isBracket = contingency == Contingency.Bracket;
        AccountId account = dice.Pick(desk.TradersOf(instrument));
        PositionSide position = Sided(in first, account, instrument).PositionSide;
        OrderLeg Leg(in OrderTerms terms) => new()
        {
            ClientOrderId = NextName(),
            Terms = terms with { PositionSide = position },
        };
        return new()
        {
            Header = MessageHeader.For<PlaceOrderList>(account),
            InstrumentId = instrument,
            Contingency = contingency,
            LegCount = isBracket ? (byte)3 : (byte)2,
            CorrelationId = _named,
            Stamps = default,
            First = Leg(in first),
            Second = isBracket ? Leg(in profit) : Leg(in stop),
            Third = isBracket ? Leg(in stop) : default,
        };
    }

    private static CancelOrder Cancel(in ExecutionReport order) => new()
    {
        Header = MessageHeader.For<CancelOrder>(order.Header.AccountId),
        ClientOrderId = default,
        OrderId = order.OrderId,
        CorrelationId = 3,
    };

    private AmendOrder Amend(in ExecutionReport order)
    {
        OrderTerms terms = Terms(order.InstrumentId, order.Terms.Side, OrderType.Limit);
        return new()
        {
            Header = MessageHeader.For<AmendOrder>(order.Header.AccountId),
            ClientOrderId = default,
            OrderId = order.OrderId,
            Price = order.Terms.IsAtMarket || dice.Chance(300) ? 0 : terms.Price,
            Quantity = dice.Chance(300) ? 0 : terms.Quantity,
            StopPrice = 0,
            CorrelationId = ++_amended,
        };
    }

    private ReplaceOrder Replace(in ExecutionReport order) => new()
    {
        Header = MessageHeader.For<ReplaceOrder>(order.Header.AccountId),
        OriginalClientOrderId = default,
        ClientOrderId = NextName(),
        OriginalOrderId = order.OrderId,
        InstrumentId = order.InstrumentId,
        Terms = Terms(order.InstrumentId, order.Terms.Side, OrderType.Limit) with
        {
            PositionSide = order.Terms.PositionSide,
        },
        CorrelationId = 5,
        Stamps = default,
    };

    private ChangeHalt Halt()
    {
        AccountId account = dice.Pick(desk.Accounts);
        if (desk.HasFutures && _halted.Count > 0 && dice.Chance(700))
        {
            account = _halted.MinBy(each => each.Value);
        }

        bool isHalted = !_halted.Remove(account);
        if (isHalted)
        {
            _ = _halted.Add(account);
        }

        return Halt(account, isHalted);
    }

    private ClientOrderId NextName() => ClientOrderId.TryParse($"c{++_named}", out ClientOrderId id)
        ? id
        : throw new FormatException();
}
