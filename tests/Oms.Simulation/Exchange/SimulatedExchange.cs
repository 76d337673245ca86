using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Simulation.World;
using Wallet = Oms.Domain.Instruments.Market;

namespace Oms.Simulation.Exchange;

/// <summary>
/// The exchange, and the oracle: what it has is the truth that the OMS must arrive at. Slow and obvious: lists, no
/// index. Behind its own accounts stands the market, which takes and gives at its prices.
/// </summary>
internal sealed class SimulatedExchange(Desk desk, Dice dice, Trace trace)
{
    private readonly List<ExchangeOrder> _open = [];
    private readonly Dictionary<InstrumentId, (long Bid, long Ask)> _market = [];
    private readonly Dictionary<(AccountId Account, AssetId Asset), long> _balances = [];
    private long _orderNumber;
    private long _tradeId;
    private long _payment;

    /// <summary>Every order that was ever taken.</summary>
    public List<ExchangeOrder> Orders { get; } = [];

    /// <summary>Is told of each change of an order, with the fill that made it where there is one.</summary>
    public Action<ExchangeOrder, ExchangeFill?> Changed { get; set; } = static (_, _) => { };

    /// <summary>Is told of each payment of funding.</summary>
    public Action<FundingPayment> Funded { get; set; } = static _ => { };

    /// <summary>What accounts have in futures.</summary>
    public FuturesWallets Futures { get; } = new();

    /// <summary>The market and the fees: what the accounts do not have.</summary>
    public Dictionary<AssetId, long> Contra { get; } = Venue.Assets.ToDictionary(asset => asset, _ => 0L);

    public IEnumerable<ExchangeOrder> Open => _open;

    public void Begin()
    {
        foreach (InstrumentId instrument in desk.Listed)
        {
            long price = Venue.FirstPrice(instrument);
            _market[instrument] = (price - (price / 2000), price + (price / 2000));
        }

        foreach (AccountId account in desk.Routed)
        {
            Move(account, Venue.Usdt, 400_000 * Venue.One);
            Move(account, Venue.Btc, 5 * Venue.One);
            Move(account, Venue.Eth, 5 * Venue.One);
            if (desk.HasFutures)
            {
                MoveFutures(account, 8_000 * Venue.One);
            }
        }
    }

    public (long Bid, long Ask) Market(InstrumentId instrument) => _market[instrument];

    public long Total(AccountId account, AssetId asset) => _balances.GetValueOrDefault((account, asset));

    public long Total(AccountId account, Wallet wallet, AssetId asset) => wallet == Wallet.Spot
        ? Total(account, asset)
        : asset == Venue.Usdt ? Futures.Total(account) : 0;

    /// <summary>What an account could move to another wallet.</summary>
    public long Free(AccountId account, Wallet wallet, AssetId asset) => wallet == Wallet.Spot
        ? Total(account, asset) - Locked(account, asset)
        : asset == Venue.Usdt ? Futures.Free(account, Venue.Perpetual, Mark(Venue.Perpetual), _open) : 0;

    /// <summary>Adds to a wallet, or takes from it, what another loses or gets.</summary>
    public void Add(AccountId account, Wallet wallet, AssetId asset, long amount)
    {
        if (wallet == Wallet.Spot)
        {
            Move(account, asset, amount);
        }
        else
        {
            MoveFutures(account, amount);
        }
    }

    public long Locked(AccountId account, AssetId asset) =>
        _open.Where(order => order.Account == account).Sum(order => LockedBy(order, asset));

    /// <summary>Takes an order, and matches it; or says why not.</summary>
    public ExchangeOrder? Place(
        AccountId account, OrderId id, InstrumentId instrument, in OrderTerms terms, int step, out RejectReason why)
    {
        why = Check(account, id, instrument, in terms);
        if (why != RejectReason.None)
        {
            trace.Say($"exchange refuses {id} of {Venue.NameOf(account)}: {why}");
            return null;
        }

        ExchangeOrder order = Take(account, id, instrument, in terms, step);
        Match(order);
        if (order.IsOpen && (terms.IsAtMarket || terms.TimeInForce is TimeInForce.ImmediateOrCancel))
        {
            End(order, ExchangeOrderStatus.Expired);
        }

        return order;
    }

    private ExchangeOrder Take(
        AccountId account, OrderId id, InstrumentId instrument, in OrderTerms terms, int step)
    {
        var order = new ExchangeOrder
        {
            Account = account,
            OrderId = id,
            Number = ++_orderNumber,
            Instrument = instrument,
            PlacedInStep = step,
            Terms = terms,
        };
        Orders.Add(order);
        _open.Add(order);
        trace.Say($"exchange takes {id} of {Venue.NameOf(account)}: {terms.Side} {terms.Quantity} at {terms.Price}");
        Changed(order, null);
        return order;
    }

    /// <summary>Ends an order; false when it is not open.</summary>
    public bool Cancel(ExchangeOrder order)
    {
        if (!order.IsOpen)
        {
            return false;
        }

        End(order, ExchangeOrderStatus.Canceled);
        return true;
    }

    /// <summary>Changes an order in place; false when it stays as it is.</summary>
    public bool Amend(ExchangeOrder order, in OrderTerms terms)
    {
        long lockedMore = LockedBy(order.Instrument, terms, terms.Quantity - order.Executed)
            - LockedBy(order.Instrument, order.Terms, order.Leaves);
        AssetId asset = terms.IsBuy ? Venue.Usdt : Venue.BaseOf(order.Instrument);
        long free = Total(order.Account, asset) - Locked(order.Account, asset);
        bool isPossible = order.IsOpen
            && terms.Quantity > order.Executed
            && (Venue.IsFutures(order.Instrument) || lockedMore <= free);
        if (!isPossible)
        {
            return false;
        }

        order.Terms = order.Terms with { Price = terms.Price, Quantity = terms.Quantity };
        trace.Say($"exchange changes {order.OrderId}: {terms.Quantity} at {terms.Price}");
        // It loses its place in the queue.
        _ = _open.Remove(order);
        _open.Add(order);
        Changed(order, null);
        Match(order);
        return true;
    }

    /// <summary>The market moves: what rests in its way is filled.</summary>
    public void MoveMarket(InstrumentId instrument)
    {
        (long bid, long ask) = _market[instrument];
        long first = Venue.FirstPrice(instrument);
        long step = dice.Between(-first / 400, first / 400);
        long middle = Math.Clamp(((bid + ask) / 2) + step, first - (first / 20), first + (first / 20));
        _market[instrument] = (middle - (first / 2000), middle + (first / 2000));
        foreach (ExchangeOrder order in _open.Where(order => order.Instrument == instrument).ToArray())
        {
            if (order.IsOpen && IsInTheWay(order) && dice.Chance(700))
            {
                Fill(order, order.Terms.Price, dice.Between(1, Fillable(order)), isMaker: true, against: null);
                EndSpent();
            }
        }
    }

    /// <summary>Every position in an instrument pays or gets funding.</summary>
    public void Fund(InstrumentId instrument)
    {
        long ratePpm = dice.Between(-300, 300);
        long number = ++_payment;
        foreach (AccountId account in desk.Routed)
        {
            long mark = Mark(instrument);
            if (Futures.Fund(account, instrument, number, mark, ratePpm) is { } payment)
            {
                Contra[Venue.Usdt] -= payment.Amount;
                trace.Say($"funding {number} of {Venue.NameOf(account)}: {payment.Amount}");
                Funded(payment);
            }
        }
    }

    /// <summary>
    /// The exchange closes a position on its own: what the account has open there goes first. False where there is
    /// nothing to close.
    /// </summary>
    public bool Liquidate(AccountId account, InstrumentId instrument, int step)
    {
        (PositionSide Side, AverageCost Position)[] open = [.. Futures.Open(account, instrument)];
        if (open.Length == 0)
        {
            return false;
        }

        trace.Say($"the exchange liquidates {Venue.NameOf(account)}");
        foreach (ExchangeOrder order in _open.Where(order => order.Account == account && order.Instrument == instrument)
            .ToArray())
        {
            End(order, ExchangeOrderStatus.Expired);
        }

        (PositionSide side, AverageCost position) = open[dice.Below(open.Length)];
        var closing = new OrderTerms
        {
            Side = position.Quantity > 0 ? Side.Sell : Side.Buy,
            Type = OrderType.Market,
            TimeInForce = TimeInForce.ImmediateOrCancel,
            PositionSide = side,
            Flags = side == PositionSide.Both ? OrderFlags.ReduceOnly : OrderFlags.None,
            Quantity = Math.Abs(position.Quantity) / Venue.BaseAmount(instrument, 1),
        };
        ExchangeOrder taken = Take(account, OrderId.None, instrument, in closing, step);
        long price = closing.IsBuy ? _market[instrument].Ask : _market[instrument].Bid;
        Fill(taken, price, taken.Leaves, isMaker: false, against: null);
        EndSpent();
        return true;
    }

    /// <summary>What positions are valued at.</summary>
    public long Mark(InstrumentId instrument) => (_market[instrument].Bid + _market[instrument].Ask) / 2;

    private bool IsInTheWay(ExchangeOrder order) => order.Terms.IsBuy
        ? order.Terms.Price >= _market[order.Instrument].Ask
        : order.Terms.Price <= _market[order.Instrument].Bid;

    private RejectReason Check(AccountId account, OrderId id, InstrumentId instrument, in OrderTerms terms)
    {
        // As the field's exchanges do: an id is unique among open orders only.
        if (!id.IsNone && _open.Any(order => order.Account == account && order.OrderId == id))
        {
            return RejectReason.ExchangeRefused;
        }

        if (Venue.IsFutures(instrument))
        {
            return CheckMargin(account, instrument, in terms);
        }

        long price = terms.IsAtMarket ? _market[instrument].Ask + (_market[instrument].Ask / 10) : terms.Price;
        OrderTerms priced = terms with { Price = price };
        AssetId asset = terms.IsBuy ? Venue.Usdt : Venue.BaseOf(instrument);
        long needed = LockedBy(instrument, priced, terms.Quantity);
        if (needed > Total(account, asset) - Locked(account, asset))
        {
            return RejectReason.ExchangeInsufficientBalance;
        }

        return CheckPostOnly(instrument, in terms);
    }

    private RejectReason CheckPostOnly(InstrumentId instrument, in OrderTerms terms)
    {
        bool wouldTrade = BestAgainst(instrument, in terms, null) is not null;
        return terms.IsPostOnly && wouldTrade ? RejectReason.WouldTrade : RejectReason.None;
    }

    private RejectReason CheckMargin(AccountId account, InstrumentId instrument, in OrderTerms terms)
    {
        if (FuturesWallets.IsClosing(in terms))
        {
            return Futures.Closable(account, instrument, in terms) > 0
                ? CheckPostOnly(instrument, in terms)
                : RejectReason.ExchangeRefused;
        }

        long price = terms.IsAtMarket ? _market[instrument].Ask : terms.Price;
        long needed = Venue.Notional(instrument, price, terms.Quantity) / Venue.Leverage;
        return needed > Futures.Free(account, instrument, Mark(instrument), _open)
            ? RejectReason.ExchangeInsufficientBalance
            : CheckPostOnly(instrument, in terms);
    }

    /// <summary>What may only close, closes no more than there is.</summary>
    private long Fillable(ExchangeOrder order)
    {
        OrderTerms terms = order.Terms;
        return Venue.IsFutures(order.Instrument) && FuturesWallets.IsClosing(in terms)
            ? Math.Min(order.Leaves, Futures.Closable(order.Account, order.Instrument, in terms))
            : order.Leaves;
    }

    /// <summary>What an order meets next: one that rests here, or, where that is null, the market.</summary>
    private (long Price, ExchangeOrder? Resting)? BestAgainst(
        InstrumentId instrument, in OrderTerms terms, ExchangeOrder? self)
    {
        bool isBuy = terms.IsBuy;
        long limit = terms.IsAtMarket ? (isBuy ? long.MaxValue : 0) : terms.Price;
        (long bid, long ask) = _market[instrument];
        long best = isBuy ? ask : bid;
        ExchangeOrder? resting = null;
        foreach (ExchangeOrder other in _open)
        {
            bool isAgainst = other != self && other.Instrument == instrument && other.Terms.IsBuy != isBuy
                && other.Leaves > 0 && !other.Terms.IsAtMarket;
            bool isBetter = isAgainst && (isBuy ? other.Terms.Price <= best : other.Terms.Price >= best)
                && (resting is null || other.Terms.Price != best);
            if (isBetter)
            {
                (best, resting) = (other.Terms.Price, other);
            }
        }

        return (isBuy ? best <= limit : best >= limit) ? (best, resting) : null;
    }

    private void Match(ExchangeOrder order)
    {
        // Of the market there is only so much at a time.
        int takesLeft = dice.Below(3);
        while (order.IsOpen
            && BestAgainst(order.Instrument, order.Terms, order) is { } met
            && (met.Resting is not null || takesLeft-- > 0))
        {
            long quantity = met.Resting is { } resting
                ? Math.Min(Fillable(order), Fillable(resting))
                : dice.Between(1, Fillable(order));
            if (met.Resting is null)
            {
                Fill(order, met.Price, quantity, isMaker: false, against: null);
                EndSpent();
                continue;
            }

            long tradeId = ++_tradeId;
            Fill(met.Resting, met.Price, quantity, isMaker: true, order, tradeId);
            Fill(order, met.Price, quantity, isMaker: false, met.Resting, tradeId);
            EndSpent();
        }
    }

    private void Fill(
        ExchangeOrder order, long price, long quantity, bool isMaker, ExchangeOrder? against, long tradeId = 0)
    {
        long amount = Venue.BaseAmount(order.Instrument, quantity);
        long notional = Venue.Notional(order.Instrument, price, quantity);
        bool isBuy = order.Terms.IsBuy;
        // Of what is received, as the field's exchanges take it.
        bool isFutures = Venue.IsFutures(order.Instrument);
        AssetId feeAsset = isBuy && !isFutures ? Venue.BaseOf(order.Instrument) : Venue.Usdt;
        long fee = (isBuy && !isFutures ? amount : notional) / 1000;
        var fill = new ExchangeFill(
            tradeId == 0 ? ++_tradeId : tradeId, price, quantity, isMaker, fee, feeAsset, against);
        order.Fills.Add(fill);
        if (isFutures)
        {
            long gained = Futures.Position(order.Account, order.Instrument, order.Terms.PositionSide)
                .Trade(isBuy ? amount : -amount, isBuy ? notional : -notional);
            MoveFutures(order.Account, gained - fee);
        }
        else
        {
            Move(order.Account, Venue.BaseOf(order.Instrument), isBuy ? amount : -amount);
            Move(order.Account, Venue.Usdt, isBuy ? -notional : notional);
            Move(order.Account, feeAsset, -fee);
        }

        order.Status = order.Leaves == 0 ? ExchangeOrderStatus.Filled : ExchangeOrderStatus.PartiallyFilled;
        if (!order.IsOpen)
        {
            _ = _open.Remove(order);
        }

        trace.Say($"exchange fills {quantity} of {order.OrderId} at {price}, trade {fill.TradeId}");
        Changed(order, fill);
    }

    /// <summary>What may only close ends when there is nothing left to close.</summary>
    private void EndSpent()
    {
        foreach (ExchangeOrder spent in _open.Where(order => Fillable(order) == 0).ToArray())
        {
            End(spent, ExchangeOrderStatus.Expired);
        }
    }

    private void End(ExchangeOrder order, ExchangeOrderStatus status)
    {
        order.Status = status;
        _ = _open.Remove(order);
        trace.Say($"exchange ends {order.OrderId}: {status}");
        Changed(order, null);
    }

    private void Move(AccountId account, AssetId asset, long amount)
    {
        _balances[(account, asset)] = Total(account, asset) + amount;
        Contra[asset] -= amount;
    }

    private void MoveFutures(AccountId account, long amount)
    {
        Futures.Move(account, amount);
        Contra[Venue.Usdt] -= amount;
    }

    private static long LockedBy(ExchangeOrder order, AssetId asset)
    {
        bool isOfAsset = !Venue.IsFutures(order.Instrument)
            && asset == (order.Terms.IsBuy ? Venue.Usdt : Venue.BaseOf(order.Instrument));
        return isOfAsset ? LockedBy(order.Instrument, order.Terms, order.Leaves) : 0;
    }

    private static long LockedBy(InstrumentId instrument, in OrderTerms terms, long quantity) => terms.IsBuy
        ? Venue.Notional(instrument, terms.Price, quantity)
        : Venue.BaseAmount(instrument, quantity);
}
