using System.Numerics;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.Engine.Tests;

/// <summary>
/// A day of futures made from numbers, with the plain books beside the engine. Prices and quantities are whole;
/// the mark moves far enough apart that each is valued.
/// </summary>
internal sealed class FuturesDay(Desk desk, bool isHedged, long leverage, long start)
{
    private readonly List<FuturesOrder> _orders = [];
    private readonly SortedSet<long> _payments = [];
    private long _mark = 100;
    private int _trades;

    /// <summary>By position side; of one-way mode the first.</summary>
    public FuturesPosition[] Positions { get; } = [new(), new(), new()];

    public BigInteger Funding { get; private set; }

    public BigInteger Total { get; private set; } = (BigInteger)start * Desk.One;

    public BigInteger Unrealized => Positions.Aggregate(
        BigInteger.Zero, (sum, position) => sum + position.UnrealizedAt(_mark));

    public BigInteger Margin => MarginOf(Positions.Aggregate(
        BigInteger.Zero, (sum, position) => sum + BigInteger.Abs(position.Trades.OpenNotional)));

    public BigInteger Reserved => Margin + Live.Aggregate(BigInteger.Zero, (sum, order) => sum + Needed(order));

    public BigInteger Free => Total - Reserved + BigInteger.Min(0, Unrealized);

    private IEnumerable<FuturesOrder> Live => _orders.Where(order => order.IsLive);

    public void Step(int verb, int first, int second, int third)
    {
        FuturesOrder[] live = [.. Live];
        FuturesOrder? chosen = live.Length == 0 ? null : live[first % live.Length];
        switch (verb)
        {
            case < 5:
                Place(first, second, third);
                break;
            case < 8 when chosen is not null:
                Fill(chosen, second, third);
                break;
            case 8 when chosen is not null:
                End(chosen);
                break;
            case 9:
                Move(96 + (first % 9));
                break;
            case 10:
                Fund(1 + (first % 40), (second - 500) * 1_000L);
                break;
            default:
                desk.Send(new Tick { Header = MessageHeader.For<Tick>() });
                break;
        }
    }

    public void EndAll()
    {
        foreach (FuturesOrder order in Live.ToArray())
        {
            End(order);
        }
    }

    private BigInteger MarginOf(BigInteger notional) => -DayPosition.DividedDown(-notional, leverage);

    private BigInteger Needed(FuturesOrder order) => order.IsFree
        ? 0
        : MarginOf((BigInteger)order.Leaves * order.Terms.Price * Desk.One);

    private void Place(int first, int second, int third)
    {
        PositionSide position = isHedged ? (PositionSide)(1 + (second % 2)) : PositionSide.Both;
        var terms = new OrderTerms
        {
            Side = first % 2 == 0 ? Side.Buy : Side.Sell,
            Type = OrderType.Limit,
            TimeInForce = TimeInForce.GoodTillCancel,
            Price = 98 + (second % 5),
            Quantity = 1 + (third % 15),
            PositionSide = position,
            Flags = !isHedged && second % 3 == 0 ? OrderFlags.ReduceOnly : OrderFlags.None,
        };
        var order = new FuturesOrder(terms);
        bool isClosing = terms.IsReduceOnly || (isHedged && terms.IsBuy == (position == PositionSide.Short));
        BigInteger open = Positions[(int)position].Trades.Quantity / Desk.One;
        BigInteger against = terms.IsBuy ? -open : open;
        BigInteger closing = Live.Where(other => other.IsClosing && other.Terms.PositionSide == position)
            .Aggregate(BigInteger.Zero, (sum, other) => sum + other.Leaves);
        BigInteger sameWay = Live.Where(other => !other.IsClosing && other.Terms.Side == terms.Side)
            .Aggregate(BigInteger.Zero, (sum, other) => sum + other.Leaves);
        order.IsClosing = isClosing;
        order.IsFree = isClosing || terms.Quantity <= against - closing - sameWay;
        RejectReason expected = isClosing && terms.Quantity > BigInteger.Max(0, against - closing)
            ? RejectReason.WouldIncreasePosition
            : order.IsFree || Free >= Needed(order) ? RejectReason.None : RejectReason.InsufficientBalance;

        order.Report = desk.Place(
            Say.Place(Desk.Delta, Desk.Perp, $"o{desk.Inputs.Count}", terms.Side, 100, 1) with { Terms = terms });

        Assert.Equal(expected, order.Report.RejectReason);
        if (expected == RejectReason.None)
        {
            _orders.Add(order);
        }
    }

    private void Fill(FuturesOrder order, int second, int third)
    {
        long quantity = 1 + (third % order.Leaves);
        long price = order.Terms.Price + (second % 3) - 1;
        long fee = (second % 4 == 0 ? -1 : 1) * (second * 1_000L);
        desk.Send(Say.Trade(
            order.Report, EvidenceSource.Stream, ++_trades, price, quantity, fee,
            fee == 0 ? AssetId.None : Desk.Usdt));
        int sign = order.Terms.IsBuy ? 1 : -1;
        FuturesPosition position = Positions[(int)order.Terms.PositionSide];
        BigInteger realizedBefore = position.Trades.RealizedPnl;
        BigInteger before = position.Trades.Quantity;
        position.Trades.Trade(
            sign * (BigInteger)quantity * Desk.One, sign * (BigInteger)price * quantity * Desk.One);
        position.Fees += fee;
        Total += position.Trades.RealizedPnl - realizedBefore - fee;
        order.Filled += quantity;
        Trim(order.Terms.PositionSide, before, position.Trades.Quantity);
    }

    /// <summary>
    /// What a position no longer leaves to be reduced: the oldest that fit stay, others that may only reduce are
    /// being canceled, and the rest needs margin.
    /// </summary>
    private void Trim(PositionSide side, BigInteger before, BigInteger now)
    {
        FuturesOrder[] reducing = [.. Live.Where(order => order.IsFree && order.Terms.PositionSide == side)];
        BigInteger left = BigInteger.Abs(now) / Desk.One;
        BigInteger asked = reducing.Aggregate(BigInteger.Zero, (sum, order) => sum + order.Leaves);
        if (asked <= left && before.Sign * now.Sign >= 0)
        {
            return;
        }

        foreach (FuturesOrder order in reducing.Where(order => !order.IsCanceling))
        {
            bool isAgainst = order.Terms.IsBuy ? now < 0 : now > 0;
            if (isAgainst && order.Leaves <= left)
            {
                left -= order.Leaves;
            }
            else if (order.IsClosing)
            {
                order.IsCanceling = true;
            }
            else
            {
                order.IsFree = false;
                order.IsCanceling = Free < 0;
            }
        }
    }

    private void Move(long price)
    {
        desk.NowUnixNanos += 20_000_000;
        desk.Top(Desk.Perp, 100, 100);
        desk.NowUnixNanos += 20_000_000;
        desk.Mark(Desk.Perp, price);
        _mark = price;
    }

    private void Fund(long id, long amount)
    {
        desk.Send(new FundingSeen
        {
            Header = MessageHeader.For<FundingSeen>(Desk.Delta),
            InstrumentId = Desk.Perp,
            AssetId = Desk.Usdt,
            Amount = amount,
            FundingId = id,
        });
        // Of the last eight each is booked once; whatever is older was.
        if (_payments.Count == 8 && id < _payments.Min)
        {
            return;
        }

        if (_payments.Add(id))
        {
            _ = _payments.Count > 8 && _payments.Remove(_payments.Min);
            Funding += amount;
            Total += amount;
        }
    }

    private void End(FuturesOrder order)
    {
        desk.Send(Say.Seen(order.Report, EvidenceSource.Stream, ExchangeOrderStatus.Canceled, order.Filled));
        order.IsEnded = true;
    }
}
