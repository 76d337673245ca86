using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Gateway.Orders;
using Oms.Gateway.Tests.Kit;

namespace Oms.Gateway.Tests;

public sealed class OrderViewTests
{
    [Fact]
    public void A_full_view_forgets_the_oldest_final_order_and_no_open_one()
    {
        var view = new OrderView(ordersMax: 4);
        Apply(view, 1, OrderStatus.New);
        for (int number = 2; number <= 20; number++)
        {
            Apply(view, number, OrderStatus.Filled);
        }

        Assert.Equal(
            [20, 19, 18, 1],
            view.NewestFirst(long.MaxValue).Select(row => row.Order.OrderId.Number).OrderDescending());
        Assert.Equal("order-1", view.Find(IdOf(1))!.ClientOrderId.ToString());
        Assert.NotNull(FindByClient(view, 1));
        Assert.Null(view.Find(IdOf(17)));
        Assert.Null(FindByClient(view, 17));
    }

    [Fact]
    public void A_report_changes_its_order_and_keeps_what_it_does_not_tell()
    {
        var view = new OrderView(ordersMax: 4);
        ExecutionReport report = TestMarket.Report(TestMarket.Spot, IdOf(1), "order-1");
        view.Apply(report with { Header = report.Header with { UnixNanos = 10 } }, 0, out _);
        view.Apply(
            report with
            {
                Header = report.Header with { UnixNanos = 20 },
                Stages = new() { RiskNanos = 5 },
                ReplyReceived = 1,
            },
            backNanos: 7, out _);
        OrderRecord order = view.Apply(
            report with
            {
                Header = report.Header with { UnixNanos = 30 },
                Stages = new() { RiskNanos = 6 },
                ReplyReceived = 1,
                Status = OrderStatus.Canceled,
            },
            backNanos: 8, out _);

        Assert.Equal((10, 30), (order.CreatedUnixNanos, order.UpdatedUnixNanos));
        Assert.Equal((5, 7), (order.Stages!.Value.RiskNanos, order.BackNanos));
        Assert.True(order.IsFinal);
        Assert.Single(view.NewestFirst(long.MaxValue));
    }

    [Fact]
    public void Another_order_under_a_used_id_does_not_hide_the_first()
    {
        var view = new OrderView(ordersMax: 4);
        Apply(view, 1, OrderStatus.New);
        view.Apply(
            TestMarket.Report(TestMarket.Spot, IdOf(2), "order-1") with
            {
                Status = OrderStatus.Rejected,
                RejectReason = RejectReason.DuplicateClientOrderId,
            },
            0, out _);

        Assert.Equal(IdOf(1), FindByClient(view, 1)!.OrderId);
        Assert.Equal(RejectReason.DuplicateClientOrderId, view.Find(IdOf(2))!.RejectReason);
    }

    private static OrderId IdOf(int number) => OrderId.Of(0, 1, number);

    private static void Apply(OrderView view, int number, OrderStatus status) => view.Apply(
        TestMarket.Report(TestMarket.Spot, IdOf(number), $"order-{number}") with { Status = status }, 0, out _);

    private static OrderRecord? FindByClient(OrderView view, int number)
    {
        Assert.True(ClientOrderId.TryParse($"order-{number}", out ClientOrderId id));
        return view.Find(TestMarket.Spot, id);
    }
}
