using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.Engine.Tests;

/// <summary>
/// Terms that contradict each other or mean nothing, one by one: a row is what is wrong with an order that is
/// right without it, and the answer.
/// </summary>
public sealed class TermsTests
{
    // Of the toy, whose prices are all 100; l is a limit, s a stop, t a trailing stop, m at the market.
    private const string Terms =
    """
    order what is wrong           | reason
    l     -                       | None
    l     side=0                  | TimeInForceNotAllowed
    l     side=3                  | TimeInForceNotAllowed
    l     type=0                  | TimeInForceNotAllowed
    l     type=8                  | TimeInForceNotAllowed
    l     tif=0                   | TimeInForceNotAllowed
    l     tif=2                   | TimeInForceNotAllowed
    l     tif=7                   | TimeInForceNotAllowed
    l     position=3              | TimeInForceNotAllowed
    l     source=4                | TimeInForceNotAllowed
    l     prevention=5            | TimeInForceNotAllowed
    l     flags=4                 | TimeInForceNotAllowed
    l     flags=255               | TimeInForceNotAllowed
    l     price=0                 | PriceNotPositive
    l     price=-1                | PriceNotPositive
    l     quantity=0              | QuantityNotPositive
    l     quantity=-9             | QuantityNotPositive
    l     stop=95                 | TermsContradictory
    l     stop=-95                | TermsContradictory
    l     source=1                | TermsContradictory
    l     offset=5                | TermsContradictory
    l     offset=-5               | TermsContradictory
    l     position=1              | TermsContradictory
    l     expire=9                | TermsContradictory
    l     show=-1                 | TermsContradictory
    l     show=11                 | TermsContradictory
    l     show=10                 | None
    l     show=1                  | None
    l     quantity=1000,show=1    | TermsContradictory
    l     quantity=999,show=1     | None
    l     tif=3,show=5            | TermsContradictory
    l     tif=3,flags=1           | TermsContradictory
    l     tif=4,flags=1           | TermsContradictory
    l     flags=1                 | None
    l     tif=6                   | ExpiryNotInFuture
    l     tif=6,expire=-1         | ExpiryNotInFuture
    l     tif=6,expire=0          | ExpiryNotInFuture
    l     tif=6,expire=1          | None
    m     -                       | None
    m     price=100               | TermsContradictory
    m     flags=1                 | TermsContradictory
    m     show=5                  | TermsContradictory
    m     tif=6,expire=1          | TimeInForceNotAllowed
    m     tif=3                   | None
    m     tif=4                   | None
    s     -                       | None
    s     source=0                | TermsContradictory
    s     stop=0                  | PriceNotPositive
    s     stop=-5                 | PriceNotPositive
    s     offset=5                | TermsContradictory
    s     price=90                | TermsContradictory
    s     tif=6,expire=1          | TimeInForceNotAllowed
    s     type=4,price=94         | None
    s     type=4                  | PriceNotPositive
    s     type=4,price=94,flags=1 | None
    s     type=6,stop=105,price=0 | PriceNotPositive
    t     -                       | None
    t     offset=0                | TermsContradictory
    t     offset=-1               | TermsContradictory
    t     stop=-1                 | PriceNotPositive
    t     source=0                | TermsContradictory
    t     price=90                | TermsContradictory
    l     price=max               | PriceOutsideCollar
    l     quantity=max            | QuantityAboveMax
    s     stop=max                | PriceOutsideCollar
    t     offset=max              | PriceOutsideCollar
    l     price=min               | PriceNotPositive
    l     quantity=min            | QuantityNotPositive
    s     stop=min                | PriceNotPositive
    t     offset=min              | TermsContradictory
    l     show=min                | TermsContradictory
    l     show=max                | TermsContradictory
    l     tif=6,expire=min        | ExpiryNotInFuture
    l     tif=6,expire=max        | None
    """;

    public static IEnumerable<TheoryDataRow<string>> Rows() =>
        Terms.Split('\n').Skip(1).Select(line => new TheoryDataRow<string>(line));

    [Theory]
    [MemberData(nameof(Rows))]
    public void What_is_wrong_is_the_answer(string row)
    {
        string[] cells = row.Split([' ', '|'], StringSplitOptions.RemoveEmptyEntries);
        Desk desk = Desk.Trading();
        desk.Last(Desk.Toy, 100);
        OrderTerms terms = Right(cells[0]);
        foreach (string change in cells[1].Split(',').Where(change => change != "-"))
        {
            terms = With(terms, change, desk.NowUnixNanos);
        }

        _ = desk.Take();
        ExecutionReport report =
            desk.Place(Say.Place(Desk.Alpha, Desk.Toy, "a", Side.Sell, 100, 10) with { Terms = terms });

        Assert.Equal(Enum.Parse<RejectReason>(cells[2]), report.RejectReason);
    }

    /// <summary>A sale of ten that is right.</summary>
    private static OrderTerms Right(string word)
    {
        var terms = new OrderTerms
        {
            Side = Side.Sell,
            Type = OrderType.Limit,
            TimeInForce = TimeInForce.GoodTillCancel,
            Quantity = 10,
            Price = 100,
        };
        return word switch
        {
            "l" => terms,
            "m" => terms with { Type = OrderType.Market, Price = 0 },
            "s" => terms with
            {
                Type = OrderType.Stop, Price = 0, StopPrice = 95, TriggerSource = TriggerSource.LastPrice,
            },
            _ => terms with
            {
                Type = OrderType.TrailingStop, Price = 0, TrailingOffset = 5, TriggerSource = TriggerSource.LastPrice,
            },
        };
    }

    private static OrderTerms With(OrderTerms terms, string change, long now)
    {
        string[] pair = change.Split('=');
        long value = pair[1] switch { "max" => long.MaxValue, "min" => long.MinValue, _ => long.Parse(pair[1]) };
        return pair[0] switch
        {
            "side" => terms with { Side = (Side)value },
            "type" => terms with { Type = (OrderType)value },
            "tif" => terms with { TimeInForce = (TimeInForce)value },
            "flags" => terms with { Flags = (OrderFlags)value },
            "position" => terms with { PositionSide = (PositionSide)value },
            "source" => terms with { TriggerSource = (TriggerSource)value },
            "prevention" => terms with { SelfTradePrevention = (SelfTradePrevention)value },
            "price" => terms with { Price = value },
            "quantity" => terms with { Quantity = value },
            "stop" => terms with { StopPrice = value },
            "offset" => terms with { TrailingOffset = value },
            "show" => terms with { DisplayQuantity = value },
            "expire" => terms with
            {
                ExpireUnixNanos = value is long.MinValue or long.MaxValue ? value : now + value,
            },
            _ => throw new FormatException(change),
        };
    }
}
