using Google.Rpc;
using Grpc.Core;
using Oms.Gateway.Tests.Kit;

namespace Oms.Gateway.Tests;

[Collection<OneGateway>]
public sealed class PlaceOrderTests(SharedDeployment shared)
{
    private readonly TestDeployment _deployment = shared.Deployment;

    [Fact]
    public async Task An_order_is_answered_with_what_fastpath_decided()
    {
        V1.PlaceOrderResponse response = await _deployment.Orders().PlaceOrderAsync(Limit("first"));

        V1.Order order = response.Order;
        Assert.Equal(V1.OrderStatus.PendingNew, order.Status);
        Assert.Equal("binance/sub_spot_arb", order.Account);
        Assert.Equal(V1.Market.Spot, order.Market);
        Assert.Equal("BTC/USDT", order.Symbol);
        Assert.Equal("first", order.ClientOrderId);
        Assert.NotEmpty(order.OrderId);
        Assert.Equal("0.01", order.Quantity);
        Assert.Equal("50000.1", order.Price);
        Assert.Equal("0", order.FilledQuantity);
        Assert.Equal(V1.TimeInForce.GoodTillCancel, order.TimeInForce);
        Assert.Equal("", order.RejectReason);
        Assert.NotNull(order.CreatedTime);
    }

    [Fact]
    public async Task A_refused_order_is_an_answer_and_not_an_error()
    {
        V1.PlaceOrderResponse response = await _deployment.Orders().PlaceOrderAsync(Limit("reject-1"));

        Assert.Equal(V1.OrderStatus.Rejected, response.Order.Status);
        Assert.Equal("insufficient_balance", response.Order.RejectReason);
    }

    [Fact]
    public async Task An_instrument_that_is_not_listed_refuses_the_order()
    {
        V1.PlaceOrderRequest request = Limit("futures-1");
        request.Account = "binance/sub_futures_trend";
        V1.PlaceOrderResponse response = await _deployment.Orders().PlaceOrderAsync(request);

        Assert.Equal(V1.OrderStatus.Rejected, response.Order.Status);
        Assert.Equal("market_not_enabled", response.Order.RejectReason);
        Assert.Equal(V1.Market.Futures, response.Order.Market);
        Assert.Equal("futures-1", response.Order.ClientOrderId);
        Assert.Equal("", response.Order.OrderId);

        request.Market = V1.Market.Futures;
        response = await _deployment.Orders().PlaceOrderAsync(request);
        Assert.Equal("instrument_unknown", response.Order.RejectReason);
        Assert.Equal(V1.Market.Futures, response.Order.Market);
    }

    [Fact]
    public async Task An_account_that_is_not_defined_refuses_the_order()
    {
        V1.PlaceOrderRequest request = Limit("elsewhere");
        request.Account = "binance/nobody";
        V1.PlaceOrderResponse response = await _deployment.Orders().PlaceOrderAsync(request);

        Assert.Equal("account_unknown", response.Order.RejectReason);
    }

    [Fact]
    public async Task A_client_order_id_is_made_where_none_was_given()
    {
        V1.OrderService.OrderServiceClient orders = _deployment.Orders();
        string first = (await orders.PlaceOrderAsync(Limit(""))).Order.ClientOrderId;
        string second = (await orders.PlaceOrderAsync(Limit(""))).Order.ClientOrderId;

        Assert.Matches("^gw-[0-9a-f]{8}-[0-9]+$", first);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task No_answer_in_time_is_an_unknown_outcome_and_never_a_refusal()
    {
        RpcException failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await _deployment.Orders().PlaceOrderAsync(Limit("silent-1")));

        Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
        Assert.Contains("not known", failure.Status.Detail);
        Assert.Contains("client_order_id silent-1", failure.Status.Detail);
        ErrorInfo error = failure.GetRpcStatus()!.GetDetail<ErrorInfo>()!;
        Assert.Equal("OUTCOME_UNKNOWN", error.Reason);
        Assert.Equal("silent-1", error.Metadata["client_order_id"]);
    }

    [Fact]
    public async Task A_cancel_names_the_order_by_either_id()
    {
        V1.OrderService.OrderServiceClient orders = _deployment.Orders();
        await orders.PlaceOrderAsync(Limit("cancel-me"));
        V1.CancelOrderResponse response = await orders.CancelOrderAsync(
            new() { Account = TestMarket.SpotName, ClientOrderId = "cancel-me" });

        Assert.Equal("", response.CancelRejectReason);
        Assert.Equal(V1.OrderStatus.PendingCancel, response.Order.Status);
        Assert.Equal("cancel-me", response.Order.ClientOrderId);
    }

    [Fact]
    public async Task A_cancel_of_nothing_is_refused_with_its_reason()
    {
        V1.CancelOrderResponse response = await _deployment.Orders().CancelOrderAsync(
            new() { Account = TestMarket.SpotName, ClientOrderId = "never-was" });

        Assert.Equal("order_unknown", response.CancelRejectReason);
        Assert.Null(response.Order);
    }

    [Theory]
    [InlineData("account", "account", "")]
    [InlineData("account", "account", "Binance/main")]
    [InlineData("symbol", "symbol", "BTCUSDT")]
    [InlineData("symbol", "symbol", "BTC/USD T")]
    [InlineData("quantity", "quantity", "")]
    [InlineData("quantity", "quantity", "0")]
    [InlineData("quantity", "quantity", "-1")]
    [InlineData("quantity", "quantity", "1e3")]
    [InlineData("quantity", "quantity", "0.000001")]
    [InlineData("quantity", "quantity", "92233720368547758.08")]
    [InlineData("price", "price", "")]
    [InlineData("price", "price", "1.")]
    [InlineData("price", "price", "1.001")]
    [InlineData("client_order_id", "client_order_id", "with space")]
    [InlineData("client_order_id", "client_order_id", "0123456789012345678901234567890123456")]
    [InlineData("side", "side", "0")]
    [InlineData("side", "side", "7")]
    [InlineData("type", "type", "0")]
    [InlineData("time_in_force", "time_in_force", "9")]
    [InlineData("market", "market", "9")]
    public async Task A_wrong_field_is_named(string named, string field, string value)
    {
        V1.PlaceOrderRequest request = Limit("valid");
        var descriptor = V1.PlaceOrderRequest.Descriptor.FindFieldByName(field);
        descriptor.Accessor.SetValue(
            request,
            descriptor.FieldType == Google.Protobuf.Reflection.FieldType.Enum ? int.Parse(value) : value);
        RpcException failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await _deployment.Orders().PlaceOrderAsync(request));

        Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
        BadRequest details = failure.GetRpcStatus()!.GetDetail<BadRequest>()!;
        Assert.Equal(named, Assert.Single(details.FieldViolations).Field);
    }

    [Fact]
    public async Task A_market_order_has_no_price_and_does_not_rest()
    {
        V1.PlaceOrderRequest priced = Limit("priced");
        priced.Type = V1.OrderType.Market;
        V1.PlaceOrderRequest resting = Limit("resting");
        resting.Type = V1.OrderType.Market;
        resting.Price = "";
        resting.TimeInForce = V1.TimeInForce.GoodTillCancel;
        V1.OrderService.OrderServiceClient orders = _deployment.Orders();

        Assert.Equal("price", await InvalidField(orders, priced));
        Assert.Equal("time_in_force", await InvalidField(orders, resting));
    }

    [Fact]
    public async Task An_account_with_two_markets_must_say_which()
    {
        V1.PlaceOrderRequest request = Limit("either");
        request.Account = TestMarket.MainName;
        Assert.Equal("market", await InvalidField(_deployment.Orders(), request));

        request.Market = V1.Market.Spot;
        V1.PlaceOrderResponse response = await _deployment.Orders().PlaceOrderAsync(request);
        Assert.Equal(V1.OrderStatus.PendingNew, response.Order.Status);
    }

    internal static V1.PlaceOrderRequest Limit(string clientOrderId) => new()
    {
        Account = TestMarket.SpotName,
        Symbol = "BTC/USDT",
        Side = V1.Side.Buy,
        Type = V1.OrderType.Limit,
        Quantity = "0.01",
        Price = "50000.10",
        ClientOrderId = clientOrderId,
    };

    private static async Task<string> InvalidField(
        V1.OrderService.OrderServiceClient orders, V1.PlaceOrderRequest request)
    {
        RpcException failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await orders.PlaceOrderAsync(request));
        Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
        return failure.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Metadata["field"];
    }
}
