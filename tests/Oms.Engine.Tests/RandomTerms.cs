using Oms.Domain.Ids;
using Oms.Domain.Orders;

namespace Oms.Engine.Tests;

/// <summary>Terms of orders of every kind, made from numbers.</summary>
internal sealed class RandomTerms(Desk desk)
{
    public static OrderTerms Stop(in OrderTerms terms, int third, int fourth) => terms with
    {
        Type = third % 3 == 0 ? OrderType.TrailingStop : OrderType.Stop,
        Price = 0,
        TrailingOffset = third % 3 == 0 ? 3 : 0,
        StopPrice = third % 3 == 0 ? 0 : terms.Price + (terms.IsBuy ? 4 : -4),
        TriggerSource = TriggerSource.LastPrice + (byte)(fourth % 3),
    };

    public OrderTerms Of(InstrumentId instrument, int second, int third, int fourth)
    {
        bool isFutures = instrument == Desk.Perp || instrument == Desk.PaperPerp;
        var terms = new OrderTerms
        {
            Side = second % 2 == 0 ? Side.Buy : Side.Sell,
            Type = OrderType.Limit,
            TimeInForce = TimeInForce.GoodTillCancel,
            Quantity = 1 + (third % 20),
            Price = PriceOf(instrument, fourth),
            SelfTradePrevention = (SelfTradePrevention)(second % 5),
            Flags = second % 29 == 0 ? OrderFlags.ReduceOnly : OrderFlags.None,
            PositionSide = isFutures && second % 13 == 0 ? (PositionSide)(third % 3) : PositionSide.Both,
        };
        return (second / 2 % 12) switch
        {
            0 => terms with { Type = OrderType.Market, Price = 0 },
            1 => terms with { TimeInForce = TimeInForce.ImmediateOrCancel },
            2 => terms with { TimeInForce = TimeInForce.FillOrKill },
            3 => terms with
            {
                TimeInForce = TimeInForce.GoodTillDate,
                ExpireUnixNanos = desk.NowUnixNanos + (fourth * 5_000_000L),
            },
            4 => terms with { Flags = terms.Flags | OrderFlags.PostOnly },
            5 => terms with { DisplayQuantity = 1 + (fourth % 5) },
            6 or 7 => Conditional(instrument, in terms, third, fourth),
            8 => terms with
            {
                Type = OrderType.TrailingStop,
                Price = 0,
                TrailingOffset = 1 + (third % 9),
                TriggerSource = TriggerSource.LastPrice + (byte)(fourth % 3),
            },
            _ => terms,
        };
    }

    /// <summary>Of a kind and a price that the market has most often not reached.</summary>
    private static OrderTerms Conditional(InstrumentId instrument, in OrderTerms terms, int third, int fourth)
    {
        OrderType type = OrderType.Stop + (byte)(third % 4);
        bool isTake = type is OrderType.TakeProfit or OrderType.TakeProfitLimit;
        bool isRising = terms.IsBuy != isTake;
        return terms with
        {
            Type = type,
            Price = type is OrderType.Stop or OrderType.TakeProfit ? 0 : terms.Price,
            StopPrice = PriceOf(instrument, isRising ? 6 + (third % 3) : third % 3),
            TriggerSource = TriggerSource.LastPrice + (byte)(fourth % 3),
        };
    }

    public static long PriceOf(InstrumentId instrument, int number) => instrument == Desk.BnbBtc
        ? 1_000_000 + (number * 10) - 5_000
        : 96 + (number % 9);
}
