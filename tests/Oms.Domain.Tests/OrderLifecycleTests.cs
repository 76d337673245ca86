using Oms.Domain.Orders;

namespace Oms.Domain.Tests;

public sealed class OrderLifecycleTests
{
    /// <summary>Every status and every event; <c>·</c> is the status before.</summary>
    private const string Table =
        """
        event                      | PendingNew      New             PartiallyFilled PendingCancel   Unknown         Suspended       PendingReplace  Filled Canceled Rejected Expired
        Acknowledged               | New             ·               ·               ·               New             New             ·               ·      ·        ·        ·
        PartialFill                | PartiallyFilled PartiallyFilled ·               ·               PartiallyFilled PartiallyFilled ·               ·      ·        ·        ·
        CompletingFill             | Filled          Filled          Filled          Filled          Filled          Filled          Filled          ·      Filled   Filled   Filled
        CancelRequested            | PendingCancel   PendingCancel   PendingCancel   ·               ·               ·               PendingCancel   ·      ·        ·        ·
        CancelRefusedUnfilled      | ·               ·               ·               New             ·               ·               ·               ·      ·        ·        ·
        CancelRefusedPartlyFilled  | PartiallyFilled PartiallyFilled ·               PartiallyFilled ·               ·               ·               ·      ·        ·        ·
        CancelConfirmed            | Canceled        Canceled        Canceled        Canceled        Canceled        Canceled        Canceled        ·      ·        ·        ·
        ExpiryConfirmed            | Expired         Expired         Expired         Expired         Expired         Expired         Expired         ·      ·        ·        ·
        Refused                    | Rejected        ·               ·               Rejected        Rejected        Rejected        ·               ·      ·        ·        ·
        OutcomeUnknown             | Unknown         ·               ·               Unknown         ·               ·               ·               ·      ·        ·        ·
        ProvenAbsent               | Rejected        ·               ·               Rejected        Rejected        ·               ·               ·      ·        ·        ·
        Triggered                  | ·               ·               ·               ·               ·               PendingNew      ·               ·      ·        ·        ·
        ReplaceRequested           | ·               PendingReplace  PendingReplace  ·               ·               ·               ·               ·      ·        ·        ·
        ReplaceSettledUnfilled     | ·               ·               ·               ·               ·               ·               New             ·      ·        ·        ·
        ReplaceSettledPartlyFilled | PartiallyFilled PartiallyFilled ·               ·               ·               ·               PartiallyFilled ·      ·        ·        ·
        """;

    public static TheoryData<OrderStatus, OrderEvent, OrderStatus> Rows()
    {
        string[][] rows =
        [
            .. Table.Replace("|", "").Split('\n')
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
        ];
        var theory = new TheoryData<OrderStatus, OrderEvent, OrderStatus>();
        foreach (string[] row in rows[1..])
        {
            for (int column = 1; column < row.Length; column++)
            {
                string next = row[column] == "·" ? rows[0][column] : row[column];
                theory.Add(
                    Enum.Parse<OrderStatus>(rows[0][column]),
                    Enum.Parse<OrderEvent>(row[0]),
                    Enum.Parse<OrderStatus>(next));
            }
        }

        return theory;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_next_status_is_that_of_the_table(
        OrderStatus status, OrderEvent orderEvent, OrderStatus next) =>
        Assert.Equal(next, OrderLifecycle.Next(status, orderEvent));

    [Fact]
    public void The_table_has_every_pair_once()
    {
        IEnumerable<(OrderStatus, OrderEvent)> inTable = Rows().Select(
            row => (row.Data.Item1, row.Data.Item2));
        IEnumerable<(OrderStatus, OrderEvent)> all =
            from status in Enum.GetValues<OrderStatus>()
            from orderEvent in Enum.GetValues<OrderEvent>()
            select (status, orderEvent);
        Assert.Equal(all.Order(), inTable.Order());
    }

    [Fact]
    public void Nothing_reopens_a_final_order()
    {
        foreach (OrderStatus status in Enum.GetValues<OrderStatus>().Where(OrderLifecycle.IsFinal))
        {
            foreach (OrderEvent orderEvent in Enum.GetValues<OrderEvent>())
            {
                OrderStatus next = OrderLifecycle.Next(status, orderEvent);
                Assert.True(OrderLifecycle.IsFinal(next));
                bool isCompleted = orderEvent == OrderEvent.CompletingFill && next == OrderStatus.Filled;
                Assert.True(next == status || isCompleted);
            }
        }
    }

    [Fact]
    public void A_late_fill_that_completes_the_order_makes_it_filled() =>
        Assert.All(Enum.GetValues<OrderStatus>(), status =>
            Assert.Equal(OrderStatus.Filled, OrderLifecycle.Next(status, OrderEvent.CompletingFill)));

    [Fact]
    public void Doubt_never_ends_an_order() =>
        Assert.All(Enum.GetValues<OrderStatus>().Where(status => !OrderLifecycle.IsFinal(status)), status =>
            Assert.False(OrderLifecycle.IsFinal(OrderLifecycle.Next(status, OrderEvent.OutcomeUnknown))));

    [Theory]
    [InlineData(OrderStatus.PendingNew,      false)]
    [InlineData(OrderStatus.New,             false)]
    [InlineData(OrderStatus.PartiallyFilled, false)]
    [InlineData(OrderStatus.PendingCancel,   false)]
    [InlineData(OrderStatus.Unknown,         false)]
    [InlineData(OrderStatus.Suspended,       false)]
    [InlineData(OrderStatus.PendingReplace,  false)]
    [InlineData(OrderStatus.Filled,          true)]
    [InlineData(OrderStatus.Canceled,        true)]
    [InlineData(OrderStatus.Rejected,        true)]
    [InlineData(OrderStatus.Expired,         true)]
    public void Four_statuses_are_final(OrderStatus status, bool isFinal) =>
        Assert.Equal(isFinal, OrderLifecycle.IsFinal(status));
}
