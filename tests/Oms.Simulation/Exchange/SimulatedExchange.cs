using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Simulation.World;

namespace Oms.Simulation.Exchange;

/// <summary>
/// The exchange, and the oracle: what it has is the truth that the OMS must arrive at. Slow and obvious: lists, no
/// index. Behind its own accounts stands the market, which takes and gives at its prices.
/// </summary>
internal sealed class SimulatedExchange(Dice dice, Trace trace)
{
    private readonly List<ExchangeOrder> _open = [];
    private readonly Dictionary<InstrumentId, (long Bid, long Ask)> _market = [];
    private readonly Dictionary<(AccountId Account, AssetId Asset), long> _balances = [];
    private long _orderNumber;
    private long _tradeId;

    /// <summary>Every order that was ever taken.</summary>
    public List<ExchangeOrder> Orders { get; } = [];

    /// <summary>Is told of each change of an order, with the fill that made it where there is one.</summary>
    public Action<ExchangeOrder, ExchangeFill?> Changed { get; set; } = static (_, _) => { };

    /// <summary>The market and the fees: what the accounts do not have.</summary>
    public Dictionary<AssetId, long> Contra { get; } = Venue.Assets.ToDictionary(asset => asset, _ => 0L);

    public IEnumerable<ExchangeOrder> Open => _open;

    public void Begin()
    {
        foreach (InstrumentId instrument in Venue.Instruments)
        {
            long price = Venue.FirstPrice(instrument);
            _market[instrument] = (price - (price / 2000), price + (price / 2000));
        }

        foreach (AccountId account in Venue.Accounts)
        {
            Move(account, Venue.Usdt, 400_000 * Venue.One);
            Move(account, Venue.Btc, 5 * Venue.One);
            Move(account, Venue.Eth, 5 * Venue.One);
        }
    }

    public (long Bid, long Ask) Market(InstrumentId instrument) => _market[instrument];

    public long Total(AccountId account, AssetId asset) => _balances.GetValueOrDefault((account, asset));

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
        Match(order);
        if (order.IsOpen && (terms.IsAtMarket || terms.TimeInForce is TimeInForce.ImmediateOrCancel))
        {
            End(order, ExchangeOrderStatus.Expired);
        }

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
        bool isPossible = order.IsOpen
            && terms.Quantity > order.Executed
            && lockedMore <= Total(order.Account, asset) - Locked(order.Account, asset);
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
                Fill(order, order.Terms.Price, dice.Between(1, order.Leaves), isMaker: true, against: null);
            }
        }
    }

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

        long price = terms.IsAtMarket ? _market[instrument].Ask + (_market[instrument].Ask / 10) : terms.Price;
        OrderTerms priced = terms with { Price = price };
        AssetId asset = terms.IsBuy ? Venue.Usdt : Venue.BaseOf(instrument);
        long needed = LockedBy(instrument, priced, terms.Quantity);
        if (needed > Total(account, asset) - Locked(account, asset))
        {
            return RejectReason.ExchangeInsufficientBalance;
        }

        bool wouldTrade = BestAgainst(instrument, in terms, null) is not null;
        if (terms.IsPostOnly && wouldTrade)
        {
            return RejectReason.WouldTrade;
        }

        return RejectReason.None;
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
                ? Math.Min(order.Leaves, resting.Leaves)
                : dice.Between(1, order.Leaves);
            if (met.Resting is null)
            {
                Fill(order, met.Price, quantity, isMaker: false, against: null);
                continue;
            }

            long tradeId = ++_tradeId;
            Fill(met.Resting, met.Price, quantity, isMaker: true, order, tradeId);
            Fill(order, met.Price, quantity, isMaker: false, met.Resting, tradeId);
        }
    }

    private void Fill(
        ExchangeOrder order, long price, long quantity, bool isMaker, ExchangeOrder? against, long tradeId = 0)
    {
        long amount = Venue.BaseAmount(order.Instrument, quantity);
        long notional = Venue.Notional(order.Instrument, price, quantity);
        bool isBuy = order.Terms.IsBuy;
        // Of what is received, as the field's exchanges take it.
        AssetId feeAsset = isBuy ? Venue.BaseOf(order.Instrument) : Venue.Usdt;
        long fee = (isBuy ? amount : notional) / 1000;
        var fill = new ExchangeFill(
            tradeId == 0 ? ++_tradeId : tradeId, price, quantity, isMaker, fee, feeAsset, against);
        order.Fills.Add(fill);
        Move(order.Account, Venue.BaseOf(order.Instrument), isBuy ? amount : -amount);
        Move(order.Account, Venue.Usdt, isBuy ? -notional : notional);
        Move(order.Account, feeAsset, -fee);
        order.Status = order.Leaves == 0 ? ExchangeOrderStatus.Filled : ExchangeOrderStatus.PartiallyFilled;
        if (!order.IsOpen)
        {
            _ = _open.Remove(order);
        }

        trace.Say($"exchange fills {quantity} of {order.OrderId} at {price}, trade {fill.TradeId}");
        Changed(order, fill);
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

    private static long LockedBy(ExchangeOrder order, AssetId asset)
    {
        bool isOfAsset = asset == (order.Terms.IsBuy ? Venue.Usdt : Venue.BaseOf(order.Instrument));
        return isOfAsset ? LockedBy(order.Instrument, order.Terms, order.Leaves) : 0;
    }

    private static long LockedBy(InstrumentId instrument, in OrderTerms terms, long quantity) => terms.IsBuy
        ? Venue.Notional(instrument, terms.Price, quantity)
        : Venue.BaseAmount(instrument, quantity);
}
