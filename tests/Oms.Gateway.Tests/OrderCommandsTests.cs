using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Gateway.Tests.Kit;

namespace Oms.Gateway.Tests;

/// <summary>Everything that can be asked of orders beside placing a plain one and canceling it.</summary>
[Collection<OneGateway>]
public sealed class OrderCommandsTests(SharedDeployment shared)
{
    private static readonly Dictionary<string, (V1.PlaceOrderRequest Request, OrderTerms Terms)> Placed = new()
    {
        ["stop"] = (
            With("stop", order => (order.Type, order.Price, order.StopPrice) = (V1.OrderType.Stop, "", "49000")),
            Of(OrderType.Stop, TimeInForce.ImmediateOrCancel) with
            {
                StopPrice = 4_900_000, TriggerSource = TriggerSource.BestPrice,
            }),
        ["take profit limit"] = (
            With("tpl", order =>
            {
                (order.Type, order.StopPrice) = (V1.OrderType.TakeProfitLimit, "51000");
                order.TriggerSource = V1.TriggerSource.MarkPrice;
            }),
            Of(OrderType.TakeProfitLimit) with
            {
                Price = 5_000_010, StopPrice = 5_100_000, TriggerSource = TriggerSource.MarkPrice,
            }),
        ["trailing"] = (
            With("trail", order =>
                (order.Type, order.Price, order.TrailingOffset) = (V1.OrderType.TrailingStop, "", "100.5")),
            Of(OrderType.TrailingStop, TimeInForce.ImmediateOrCancel) with
            {
                TrailingOffset = 10_050, TriggerSource = TriggerSource.BestPrice,
            }),
        ["dated iceberg"] = (
            With("gtd", order =>
            {
                order.ExpireTime = new Timestamp { Seconds = 4_000_000_000, Nanos = 5 };
                (order.DisplayQuantity, order.PostOnly) = ("0.001", true);
            }),
            Of(OrderType.Limit, TimeInForce.GoodTillDate) with
            {
                Price = 5_000_010, DisplayQuantity = 100, Flags = OrderFlags.PostOnly,
                ExpireUnixNanos = 4_000_000_000_000_000_005,
            }),
        ["reduce only, fill or kill"] = (
            With("fok", order =>
            {
                (order.TimeInForce, order.ReduceOnly) = (V1.TimeInForce.FillOrKill, true);
                (order.PositionSide, order.SelfTradePrevention) =
                    (V1.PositionSide.Long, V1.SelfTradePrevention.CancelBoth);
            }),
            Of(OrderType.Limit, TimeInForce.FillOrKill) with
            {
                Price = 5_000_010, Flags = OrderFlags.ReduceOnly, PositionSide = PositionSide.Long,
                SelfTradePrevention = SelfTradePrevention.CancelBoth,
            }),
    };

    private static readonly Dictionary<string, (string Field, V1.PlaceOrderRequest Request)> Contradictory = new()
    {
        ["x1"] = ("price", With("x1", order => order.Type = V1.OrderType.Stop)),
        ["x2"] = ("stop_price", With("x2", order => order.Type = V1.OrderType.StopLimit)),
        ["x3"] = ("stop_price", With("x3", order => order.StopPrice = "1")),
        ["x4"] = ("trailing_offset", With("x4", order => (order.Type, order.Price) = (V1.OrderType.TrailingStop, ""))),
        ["x5"] = ("expire_time", With("x5", order => order.TimeInForce = V1.TimeInForce.GoodTillDate)),
        ["x6"] = ("expire_time", With("x6", order =>
            (order.TimeInForce, order.ExpireTime) = (V1.TimeInForce.GoodTillCancel, new() { Seconds = 9 }))),
        ["x7"] = ("trigger_source", With("x7", order => order.TriggerSource = V1.TriggerSource.LastPrice)),
        ["x8"] = ("display_quantity", With("x8", order => order.DisplayQuantity = "-1")),
        ["x9"] = ("self_trade_prevention", With("x9", order => order.SelfTradePrevention = (V1.SelfTradePrevention)9)),
    };

    private readonly V1.OrderService.OrderServiceClient _orders = shared.Deployment.Orders();

    public static TheoryData<string> Terms => [.. Placed.Keys];

    public static TheoryData<string> Contradictions => [.. Contradictory.Keys];

    [Theory]
    [MemberData(nameof(Terms))]
    public async Task Every_term_of_an_order_reaches_fastpath_and_comes_back(string name)
    {
        (V1.PlaceOrderRequest request, OrderTerms terms) = Placed[name];
        V1.Order order = (await _orders.PlaceOrderAsync(request)).Order;

        ExecutionReport? report = shared.Deployment.FastPath.LastReportOf(TestMarket.Spot, request.ClientOrderId);
        Assert.True(report?.Terms == terms, $"{name}: {report?.Terms}");
        Assert.Equal(request.StopPrice, order.StopPrice);
        Assert.Equal(request.TrailingOffset, order.TrailingOffset);
        Assert.Equal(request.DisplayQuantity, order.DisplayQuantity);
        Assert.Equal(request.ExpireTime, order.ExpireTime);
        Assert.Equal((request.PostOnly, request.ReduceOnly), (order.PostOnly, order.ReduceOnly));
        Assert.Equal(request.SelfTradePrevention, order.SelfTradePrevention);
    }

    [Theory]
    [MemberData(nameof(Contradictions))]
    public async Task Fields_that_do_not_go_together_are_named(string name)
    {
        (string field, V1.PlaceOrderRequest request) = Contradictory[name];
        RpcException failure =
            await Assert.ThrowsAsync<RpcException>(() => _orders.PlaceOrderAsync(request).ResponseAsync);

        Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
        Assert.Equal(field, Assert.Single(failure.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations).Field);
    }

    [Fact]
    public async Task An_amendment_carries_what_changes_and_tells_the_changed_order()
    {
        _ = await _orders.PlaceOrderAsync(PlaceOrderTests.Limit("amended"));
        V1.AmendOrderResponse amended = await _orders.AmendOrderAsync(new()
        {
            Account = TestMarket.SpotName, ClientOrderId = "amended", Price = "49999.5",
        });
        Assert.Equal(("49999.5", "0.01", ""), (
            amended.Order.Price, amended.Order.Quantity, amended.AmendRejectReason));

        Assert.Equal("quantity", await FieldOf(_orders.AmendOrderAsync(new()
        {
            Account = TestMarket.SpotName, ClientOrderId = "amended",
        })));
        Assert.Equal("price", await FieldOf(_orders.AmendOrderAsync(new()
        {
            Account = TestMarket.SpotName, ClientOrderId = "amended", Price = "1.001",
        })));
        RpcException unknown = await Assert.ThrowsAsync<RpcException>(() => _orders.AmendOrderAsync(new()
        {
            Account = TestMarket.SpotName, ClientOrderId = "never-placed", Price = "1",
        }).ResponseAsync);
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task A_successor_names_its_original_and_is_suspended()
    {
        V1.ReplaceOrderResponse replaced = await _orders.ReplaceOrderAsync(new()
        {
            OriginalClientOrderId = "the-first", Order = PlaceOrderTests.Limit("the-second"),
        });
        Assert.Equal(
            (V1.OrderStatus.Suspended, "the-second"), (replaced.Order.Status, replaced.Order.ClientOrderId));
        ReplaceOrder command = shared.Deployment.FastPath.Others.OfType<ReplaceOrder>()
            .Single(command => command.ClientOrderId.ToString() == "the-second");
        Assert.Equal("the-first", command.OriginalClientOrderId.ToString());
        Assert.Equal(
            "original", await FieldOf(_orders.ReplaceOrderAsync(new() { Order = PlaceOrderTests.Limit("a") })));
    }

    [Fact]
    public async Task A_bracket_is_answered_with_its_three_orders()
    {
        V1.PlaceOrderListResponse placed = await _orders.PlaceOrderListAsync(Bracket("b1"));
        Assert.Equal(["b1-entry", "b1-profit", "b1-stop"], placed.Orders.Select(order => order.ClientOrderId));
        Assert.Equal(
            [V1.OrderStatus.PendingNew, V1.OrderStatus.Suspended, V1.OrderStatus.Suspended],
            placed.Orders.Select(order => order.Status));

        V1.PlaceOrderListResponse refused = await _orders.PlaceOrderListAsync(Bracket("reject"));
        Assert.Equal("list_malformed", Assert.Single(refused.Orders).RejectReason);

        V1.PlaceOrderListRequest torn = Bracket("b2");
        torn.Orders[2].Symbol = "ETH/USDT";
        Assert.Equal("orders[2].account", await FieldOf(_orders.PlaceOrderListAsync(torn)));
        torn.Orders.RemoveAt(2);
        Assert.Equal("orders", await FieldOf(_orders.PlaceOrderListAsync(torn)));
    }

    [Fact]
    public async Task A_batch_has_one_outcome_for_each_command()
    {
        V1.PlaceOrderRequest wrong = PlaceOrderTests.Limit("wrong");
        wrong.Quantity = "x";
        V1.PlaceOrderRequest elsewhere = PlaceOrderTests.Limit("elsewhere");
        elsewhere.Symbol = "ETH/USDT";
        V1.ExecuteBatchResponse response = await _orders.ExecuteBatchAsync(new()
        {
            Commands =
            {
                new V1.Command { RequestId = 11, Place = PlaceOrderTests.Limit("batch-1") },
                new V1.Command { RequestId = 12, Place = PlaceOrderTests.Limit("reject-batch") },
                new V1.Command { RequestId = 13, Place = wrong },
                new V1.Command { RequestId = 14, Place = elsewhere },
                new V1.Command
                {
                    RequestId = 15,
                    Cancel = new() { Account = TestMarket.SpotName, ClientOrderId = "never" },
                },
                new V1.Command { RequestId = 16 },
            },
        });

        Assert.Equal([11, 12, 13, 14, 15, 16], response.Outcomes.Select(outcome => outcome.RequestId));
        Assert.Equal(
            ["", "insufficient_balance", "", "instrument_unknown", "order_unknown", ""],
            response.Outcomes.Select(outcome => outcome.RejectReason));
        Assert.Equal("batch-1", response.Outcomes[0].Order.ClientOrderId);
        Assert.Equal(response.Outcomes[0].OrderId, response.Outcomes[0].Order.OrderId);
        V1.CommandFailure failure = response.Outcomes[2].Failure;
        Assert.Equal((3, "FIELD_INVALID", "quantity"), (failure.Code, failure.Reason, failure.Field));
        Assert.Equal("command", response.Outcomes[5].Failure.Field);
    }

    [Fact]
    public async Task A_mass_cancel_says_what_it_is_about_and_how_many_there_were()
    {
        int before = shared.Deployment.FastPath.Others.Count;
        V1.CancelOrdersResponse canceled = await _orders.CancelOrdersAsync(
            new() { Account = TestMarket.SpotName, Symbol = "BTC/USDT" });
        Assert.Equal(3, canceled.OrderCount);
        _ = await _orders.CancelOrdersAsync(new() { Exchange = "binance" });
        _ = await _orders.CancelOrdersAsync(new() { Everything = true });
        Assert.Equal("everything", await FieldOf(_orders.CancelOrdersAsync(new())));
        Assert.Equal(
            "exchange",
            await FieldOf(_orders.CancelOrdersAsync(new() { Account = TestMarket.SpotName, Exchange = "binance" })));

        CancelOrders[] commands = [.. shared.Deployment.FastPath.Others.Skip(before).OfType<CancelOrders>()];
        Assert.Equal(
            [
                (CancelScope.Instrument, TestMarket.Spot, TestMarket.BtcUsdt, ""),
                (CancelScope.Exchange, default, default, "binance"),
                (CancelScope.All, default, default, ""),
            ],
            commands.Select(command => (
                command.Scope, command.Header.AccountId, command.InstrumentId, command.Exchange.ToString())));
    }

    private static V1.PlaceOrderListRequest Bracket(string prefix)
    {
        V1.PlaceOrderRequest entry = PlaceOrderTests.Limit($"{prefix}-entry");
        V1.PlaceOrderRequest profit = Leg($"{prefix}-profit", V1.OrderType.Limit);
        profit.Price = "52000";
        V1.PlaceOrderRequest stop = Leg($"{prefix}-stop", V1.OrderType.Stop);
        stop.StopPrice = "48000";
        return new() { Contingency = V1.Contingency.Bracket, Orders = { entry, profit, stop } };
    }

    private static V1.PlaceOrderRequest Leg(string clientOrderId, V1.OrderType type)
    {
        V1.PlaceOrderRequest leg = PlaceOrderTests.Limit(clientOrderId);
        (leg.Side, leg.Type, leg.Quantity, leg.Price) = (V1.Side.Sell, type, "", "");
        return leg;
    }

    private static V1.PlaceOrderRequest With(string clientOrderId, Action<V1.PlaceOrderRequest> change)
    {
        V1.PlaceOrderRequest request = PlaceOrderTests.Limit(clientOrderId);
        change(request);
        return request;
    }

    private static OrderTerms Of(OrderType type, TimeInForce timeInForce = TimeInForce.GoodTillCancel) => new()
    {
        Side = Side.Buy, Type = type, TimeInForce = timeInForce, Quantity = 1_000,
    };

    private static async Task<string> FieldOf<TResponse>(AsyncUnaryCall<TResponse> call)
    {
        RpcException failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);
        return failure.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Single().Field;
    }
}
