using System.Numerics;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.Engine.Tests;

/// <summary>
/// A day of one account, made from numbers: orders, fills with all kinds of fees, repetitions, ends. Beside
/// the engine it keeps its own books, slow and plain.
/// </summary>
internal sealed class AccountDay(Desk desk, AccountId account)
{
    private readonly List<DayOrder> _orders = [];
    private readonly List<TradeSeen> _trades = [];

    public Dictionary<AssetId, BigInteger> Totals { get; } = [];

    /// <summary>
    /// What may be missing for a moment: fees that no order reserved, and a unit of rounding a fill.
    /// </summary>
    public Dictionary<AssetId, BigInteger> Slack { get; } = [];

    public Dictionary<InstrumentId, DayPosition> Positions { get; } = [];

    public int Accepted { get; private set; }

    public IEnumerable<DayOrder> Live => _orders.Where(order => order.IsLive);

    /// <summary>Does what four numbers say.</summary>
    public void Step(int verb, int first, int second, int third)
    {
        DayOrder[] live = [.. Live];
        DayOrder? chosen = live.Length == 0 ? null : live[first % live.Length];
        switch (verb)
        {
            case < 4:
                Place(first, second, third);
                break;
            case < 7 when chosen is not null:
                Fill(chosen, second, third);
                break;
            case 7 when _trades.Count > 0:
                desk.Send(_trades[first % _trades.Count]);
                break;
            case 8 when chosen is not null:
                End(chosen, ExchangeOrderStatus.Canceled);
                break;
            case 9 when chosen is { Filled: 0 }:
                desk.Send(Say.Refused(chosen.Report, RejectReason.ExchangeRefused));
                chosen.IsLive = false;
                break;
        }
    }

    public void EndAll()
    {
        foreach (DayOrder order in Live.ToArray())
        {
            End(order, ExchangeOrderStatus.Expired);
        }
    }

    public BigInteger ReservedOf(AssetId asset) =>
        Live.Where(
            order => order.Reserves == asset).Aggregate(BigInteger.Zero, (sum, order) => sum + order.Needed);

    private void Place(int first, int second, int third)
    {
        bool isBtc = first % 2 == 0;
        Side side = first % 4 < 2 ? Side.Buy : Side.Sell;
        InstrumentId instrument = isBtc ? Desk.BtcUsdt : Desk.BnbBtc;
        long price = isBtc ? 49_000 + (second * 2) : 996_500 + (second * 7);
        long quantity = isBtc ? 2_000 + (third * 200) : 1 + (third * 12_345_679L);
        string name = $"{account}-{_orders.Count}-{desk.Inputs.Count}";
        ExecutionReport report = desk.Place(Say.Place(account, instrument, name, side, price, quantity));
        var order = new DayOrder(report, isBtc);
        BigInteger free = Totals[order.Reserves] - ReservedOf(order.Reserves);
        bool isAccepted = report.ExecutionType == ExecutionType.PendingNew;
        Assert.True(
            isAccepted == (free >= order.Needed),
            $"free {free}, needed {order.Needed}: {report.RejectReason}");
        if (isAccepted)
        {
            Accepted++;
            _orders.Add(order);
        }
    }

    private void Fill(DayOrder order, int second, int third)
    {
        long leaves = order.Report.Terms.Quantity - order.Filled;
        long quantity = third > 800 ? leaves : Math.Min(leaves, 1 + (leaves * third / 1000));
        long price = order.Report.Terms.Price + (order.IsBuy ? -(second % 3) : second % 3);
        AssetId feeAsset = (second % 5) switch
        {
            1 => order.Base,
            2 or 4 => order.Quote,
            3 => order.Third,
            _ => AssetId.None,
        };
        long fee = feeAsset.IsNone ? 0 : (1 + (second * 13L)) * (second % 5 == 4 ? -1 : 1);
        TradeSeen trade = Say.Trade(
            order.Report, EvidenceSource.Stream, 1 + _trades.Count, price, quantity, fee, feeAsset);
        _trades.Add(trade);
        desk.Send(trade);
        Book(order, trade);
    }

    private void Book(DayOrder order, TradeSeen trade)
    {
        BigInteger notional = order.NotionalOf(trade.Price, trade.Quantity);
        BigInteger amount = order.BaseAmountOf(trade.Quantity);
        int sign = order.IsBuy ? 1 : -1;
        Totals[order.Base] += sign * amount;
        Totals[order.Quote] -= sign * notional;
        Slack[order.Quote] += 1;
        if (!trade.FeeAssetId.IsNone)
        {
            Totals[trade.FeeAssetId] -= trade.Fee;
            Slack[trade.FeeAssetId] += BigInteger.Max(0, trade.Fee);
        }

        order.Filled += trade.Quantity;
        order.IsLive = order.Filled < order.Report.Terms.Quantity;
        _ = Positions.TryAdd(order.Report.InstrumentId, new DayPosition());
        DayPosition position = Positions[order.Report.InstrumentId];
        position.Trade(sign * amount, sign * notional);
        if (trade.FeeAssetId == order.Base)
        {
            position.Trade(-trade.Fee, -order.ValueOfBase(trade.Price, trade.Fee));
        }
    }

    private void End(DayOrder order, ExchangeOrderStatus status)
    {
        desk.Send(Say.Seen(order.Report, EvidenceSource.Stream, status, order.Filled));
        order.IsLive = false;
    }
}
