using Oms.Domain.Orders;

namespace Oms.Engine.Tests;

/// <summary>
/// Terms of an order as words: <c>QUANTITY [PRICE|mkt] [stop=P] [take=P] [trail=OFFSET] [on=last|mark|best]
/// [ioc|fok|gtd=MS] [post] [reduce] [long|short] [show=Q] [stp=none|newest|oldest|both|decrement]</c>. Without
/// a price a stop or a take-profit goes at the market, any other order at a limit of 100.
/// </summary>
internal static class OrderWords
{
    /// <param name="nowUnixNanos">From when an expiry in milliseconds counts.</param>
    public static OrderTerms Terms(Side side, IEnumerable<string> words, long nowUnixNanos)
    {
        var terms = new OrderTerms
        {
            Side = side,
            Type = OrderType.Limit,
            TimeInForce = TimeInForce.GoodTillCancel,
        };
        int numbers = 0;
        foreach (string word in words)
        {
            if (word == "mkt" || long.TryParse(word, out _))
            {
                terms = numbers++ == 0
                    ? terms with { Quantity = long.Parse(word) }
                    : terms with { Price = word == "mkt" ? 0 : long.Parse(word) };
            }
            else
            {
                terms = With(terms, word, nowUnixNanos);
            }
        }

        bool isAtMarket = terms.Price == 0 && (numbers > 1 || terms.IsConditional);
        return Typed(numbers == 1 && !terms.IsConditional ? terms with { Price = 100 } : terms, isAtMarket);
    }

    private static OrderTerms Typed(OrderTerms terms, bool isAtMarket) => terms with
    {
        Type = terms.Type switch
        {
            OrderType.StopLimit when isAtMarket => OrderType.Stop,
            OrderType.TakeProfitLimit when isAtMarket => OrderType.TakeProfit,
            OrderType.Limit when isAtMarket => OrderType.Market,
            _ => terms.Type,
        },
        TriggerSource = terms.IsConditional && terms.TriggerSource == TriggerSource.None
            ? TriggerSource.LastPrice
            : terms.TriggerSource,
    };

    private static OrderTerms With(OrderTerms terms, string word, long nowUnixNanos)
    {
        string[] pair = word.Split('=');
        long Value() => long.Parse(pair[1]);
        return pair[0] switch
        {
            "stop" => terms with
            {
                Type = terms.Type == OrderType.TrailingStop ? terms.Type : OrderType.StopLimit,
                StopPrice = Value(),
            },
            "take" => terms with { Type = OrderType.TakeProfitLimit, StopPrice = Value() },
            "trail" => terms with { Type = OrderType.TrailingStop, TrailingOffset = Value() },
            "on" => terms with { TriggerSource = SourceOf(pair[1]) },
            "ioc" => terms with { TimeInForce = TimeInForce.ImmediateOrCancel },
            "fok" => terms with { TimeInForce = TimeInForce.FillOrKill },
            "gtd" => terms with
            {
                TimeInForce = TimeInForce.GoodTillDate,
                ExpireUnixNanos = nowUnixNanos + (Value() * 1_000_000),
            },
            "post" => terms with { Flags = terms.Flags | OrderFlags.PostOnly },
            "reduce" => terms with { Flags = terms.Flags | OrderFlags.ReduceOnly },
            "long" => terms with { PositionSide = PositionSide.Long },
            "short" => terms with { PositionSide = PositionSide.Short },
            "show" => terms with { DisplayQuantity = Value() },
            "stp" => terms with { SelfTradePrevention = PreventionOf(pair[1]) },
            _ => throw new FormatException(word),
        };
    }

    private static TriggerSource SourceOf(string word) => word switch
    {
        "last" => TriggerSource.LastPrice,
        "mark" => TriggerSource.MarkPrice,
        "best" => TriggerSource.BestPrice,
        _ => throw new FormatException(word),
    };

    private static SelfTradePrevention PreventionOf(string word) => word switch
    {
        "none" => SelfTradePrevention.None,
        "newest" => SelfTradePrevention.CancelNewest,
        "oldest" => SelfTradePrevention.CancelOldest,
        "both" => SelfTradePrevention.CancelBoth,
        "decrement" => SelfTradePrevention.Decrement,
        _ => throw new FormatException(word),
    };
}
