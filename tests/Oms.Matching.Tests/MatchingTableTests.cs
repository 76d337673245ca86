namespace Oms.Matching.Tests;

/// <summary>The rules of matching in their order, each by the case that it decides.</summary>
public sealed class MatchingTableTests
{
    private const string Table =
    """
    rests                     | arrives                   | happens                                           | outcome              | then rests
    price
    s1:100x5                  | b9:99x5                   | -                                                 | Rested 5             | b9:99x5 s1:100x5
    s1:100x5                  | b9:100x5                  | 1=100x5-0                                         | Filled 0             | -
    s1:100x5                  | b9:103x7                  | 1=100x5-0                                         | Rested 2             | b9:103x2
    b1:100x5                  | s9:97x7                   | 1=100x5-0                                         | Rested 2             | s9:97x2
    s1:101x5 s2:100x5         | b9:101x7                  | 2=100x5-0 1=101x2-3                               | Filled 0             | s1:101x3
    b1:99x5 b2:100x5          | s9:99x7                   | 2=100x5-0 1=99x2-3                                | Filled 0             | b1:99x3
    b1:-5x5                   | s9:-6x2                   | 1=-5x2-3                                          | Filled 0             | b1:-5x3
    s1:9223372036854775807x5  | b9:9223372036854775807x2  | 1=9223372036854775807x2-3                         | Filled 0             | s1:9223372036854775807x3
    time
    s1:100x5 s2:100x5         | b9:100x7                  | 1=100x5-0 2=100x2-3                               | Filled 0             | s2:100x3
    b1:100x5 b2:100x5         | s9:100x7                  | 1=100x5-0 2=100x2-3                               | Filled 0             | b2:100x3
    s1:100x5                  | s9:100x7                  | -                                                 | Rested 7             | s1:100x5 s9:100x7
    at once or never
    s1:100x5 s2:101x5         | b9:100x7 ioc              | 1=100x5-0                                         | Dropped 2            | s2:101x5
    s1:100x5                  | b9:99x7 ioc               | -                                                 | Dropped 7            | s1:100x5
    s1:100x5 s2:999999x5      | b9:anyx7 ioc              | 1=100x5-0 2=999999x2-3                            | Filled 0             | s2:999999x3
    b1:100x5 b2:-999999x5     | s9:anyx7 ioc              | 1=100x5-0 2=-999999x2-3                           | Filled 0             | b2:-999999x3
    b1:100x5                  | b9:anyx7 ioc              | -                                                 | Dropped 7            | b1:100x5
    all or nothing
    s1:100x5 s2:101x5         | b9:101x10 fok             | 1=100x5-0 2=101x5-0                               | Filled 0             | -
    s1:100x5 s2:101x5         | b9:101x11 fok             | -                                                 | Unfillable 11        | s1:100x5 s2:101x5
    s1:100x5 s2:101x5         | b9:100x6 fok              | -                                                 | Unfillable 6         | s1:100x5 s2:101x5
    s1:100x5 s2:101x5         | b9:anyx7 fok              | 1=100x5-0 2=101x2-3                               | Filled 0             | s2:101x3
    -                         | b9:100x1 fok              | -                                                 | Unfillable 1         | -
    post-only
    s1:100x5                  | b9:99x5 post              | -                                                 | Rested 5             | b9:99x5 s1:100x5
    s1:100x5                  | b9:100x5 post             | -                                                 | WouldTrade 5         | s1:100x5
    iceberg
    -                         | b9:100x10/4               | -                                                 | Rested 10            | b9:100x4+6^4
    -                         | b9:100x4/4                | -                                                 | Rested 4             | b9:100x4
    s1:100x7                  | b9:100x10/2               | 1=100x7-0                                         | Rested 3             | b9:100x2+1^2
    s1:100x2+3^2 s2:100x5     | b9:100x1                  | 1=100x1-4                                         | Filled 0             | s1:100x1+3^2 s2:100x5
    s1:100x2+3^2 s2:100x5     | b9:100x2                  | 1=100x2-3 1+100x2-1                               | Filled 0             | s2:100x5 s1:100x2+1^2
    s1:100x2+3^2 s2:100x5     | b9:100x3                  | 1=100x2-3 1+100x2-1 2=100x1-4                     | Filled 0             | s2:100x4 s1:100x2+1^2
    s1:100x2+3^2              | b9:100x5                  | 1=100x2-3 1+100x2-1 1=100x2-1 1+100x1-0 1=100x1-0 | Filled 0             | -
    s1:100x2+3^2              | b9:100x5 fok              | 1=100x2-3 1+100x2-1 1=100x2-1 1+100x1-0 1=100x1-0 | Filled 0             | -
    s1:100x2+3^2              | b9:100x6 fok              | -                                                 | Unfillable 6         | s1:100x2+3^2
    self-trade
    s1:100x5@7                | b9:100x5@7                | 1=100x5-0                                         | Filled 0             | -
    s1:100x5@8 s2:100x5@7     | b9:100x7@7 newest         | 1=100x5-0                                         | SelfTradePrevented 2 | s2:100x5@7
    s1:100x5@7 s2:100x5@8     | b9:100x3@7 oldest         | 1!100x5-0 2=100x3-2                               | Filled 0             | s2:100x2@8
    s1:100x5@7                | b9:100x3@7 oldest         | 1!100x5-0                                         | Rested 3             | b9:100x3@7
    s1:100x5@7 s2:100x5@8     | b9:100x3@7 both           | 1!100x5-0                                         | SelfTradePrevented 3 | s2:100x5@8
    s1:100x5@7                | b9:100x3@7 decrement      | 1!100x3-2                                         | SelfTradePrevented 0 | s1:100x2@7
    s1:100x3@7                | b9:100x3@7 decrement      | 1!100x3-0                                         | SelfTradePrevented 0 | -
    s1:100x3@7 s2:100x5@8     | b9:100x5@7 decrement      | 1!100x3-0 2=100x2-3                               | Filled 0             | s2:100x3@8
    s1:101x5@7                | b9:100x3@7 newest         | -                                                 | Rested 3             | b9:100x3@7 s1:101x5@7
    s1:100x5@7                | b9:100x3@7 post oldest    | -                                                 | WouldTrade 3         | s1:100x5@7
    of whom
    s1:100x5@8                | b9:100x5@7 newest         | 1=100x5-0                                         | Filled 0             | -
    s1:100x5                  | b9:100x5 newest           | 1=100x5-0                                         | Filled 0             | -
    s1:100x5@8.2              | b9:100x3@7.2 newest group | -                                                 | SelfTradePrevented 3 | s1:100x5@8.2
    s1:100x5@8.2              | b9:100x3@7.2 newest       | 1=100x3-2                                         | Filled 0             | s1:100x2@8.2
    s1:100x5@7.1              | b9:100x3@7.2 newest group | 1=100x3-2                                         | Filled 0             | s1:100x2@7.1
    s1:100x5@7                | b9:100x3@7 newest group   | 1=100x3-2                                         | Filled 0             | s1:100x2@7
    self-trade of an iceberg
    s1:100x2+3^2@7            | b9:100x9@7 oldest         | 1!100x5-0                                         | Rested 9             | b9:100x9@7
    s1:100x2+3^2@7            | b9:100x2@7 decrement      | 1!100x2-3                                         | SelfTradePrevented 0 | s1:100x2+1^2@7
    s1:100x2+3^2@7            | b9:100x4@7 decrement      | 1!100x4-1                                         | SelfTradePrevented 0 | s1:100x1+0^2@7
    all or nothing, and no self-trade
    s1:100x5@8 s2:100x5@7     | b9:100x5@7 fok newest     | 1=100x5-0                                         | Filled 0             | s2:100x5@7
    s1:100x5@8 s2:100x5@7     | b9:100x6@7 fok newest     | -                                                 | Unfillable 6         | s1:100x5@8 s2:100x5@7
    s1:100x5@7 s2:100x5@8     | b9:100x5@7 fok oldest     | 1!100x5-0 2=100x5-0                               | Filled 0             | -
    s1:100x5@7 s2:100x5@8     | b9:100x6@7 fok oldest     | -                                                 | Unfillable 6         | s1:100x5@7 s2:100x5@8
    s1:100x5@7 s2:100x5@8     | b9:100x5@7 fok both       | -                                                 | Unfillable 5         | s1:100x5@7 s2:100x5@8
    s1:100x2@7 s2:100x9@8     | b9:100x5@7 fok decrement  | -                                                 | Unfillable 5         | s1:100x2@7 s2:100x9@8
    s1:100x2+9^2@8 s2:100x5@7 | b9:100x2@7 fok newest     | 1=100x2-9 1+100x2-7                               | Filled 0             | s2:100x5@7 s1:100x2+7^2@8
    s1:100x2+9^2@8 s2:100x5@7 | b9:100x3@7 fok newest     | -                                                 | Unfillable 3         | s1:100x2+9^2@8 s2:100x5@7
    """;

    private static IEnumerable<string> Lines => Table.Split('\n').Where(line => line.Contains('|')).Skip(1);

    public static IEnumerable<TheoryDataRow<string>> Rows() =>
        Lines.Select(line => new TheoryDataRow<string>(line));

    [Theory]
    [MemberData(nameof(Rows))]
    public void An_order_arrives(string row)
    {
        string[] cells = [.. row.Split('|').Select(cell => cell.Trim())];
        OrderBook book = new(new OrderPool(8));
        foreach (string resting in BookText.Words(cells[0]))
        {
            _ = book.Rest(BookText.Resting(resting));
        }

        BookOrder order = BookText.Arriving(cells[1]);
        EventLog log = new();
        Placement placement = book.Place(order, ref log);

        Assert.Equal(
            BookText.Words(cells[2]).Select(text => BookText.Event(text, order.OrderId)), log.Events);
        Assert.Equal(cells[3], $"{placement.Outcome} {placement.LeavesQuantity}");
        Assert.Equal(
            BookText.Words(cells[4]).Select(BookText.Resting),
            TwinBooks.ListOf(book.Orders(BookSide.Bid)).Concat(TwinBooks.ListOf(book.Orders(BookSide.Ask))));
    }
}
