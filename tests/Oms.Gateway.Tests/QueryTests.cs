using Grpc.Core;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Gateway.Tests.Kit;
using Oms.Testing;

namespace Oms.Gateway.Tests;

[Collection<OneGateway>]
public sealed class QueryTests(SharedDeployment shared)
{
    private readonly TestDeployment _deployment = shared.Deployment;

    [Fact]
    public async Task Orders_are_listed_newest_first_in_pages_and_by_status()
    {
        await using TestDeployment own = await TestDeployment.Started();
        for (int index = 0; index < 5; index++)
        {
            Emit(own, TestMarket.Spot, $"spot-{index}", index % 2 == 0 ? OrderStatus.New : OrderStatus.Canceled);
        }

        Emit(own, TestMarket.Main, "main-0", OrderStatus.New);
        V1.OrderService.OrderServiceClient orders = own.Orders();
        await SeenBy(orders, 6);

        Assert.Equal(
            ["main-0", "spot-4", "spot-3", "spot-2", "spot-1", "spot-0"],
            await Ids(orders, new() { PageSize = 4 }));
        Assert.Equal(
            ["spot-3", "spot-1"],
            await Ids(
                orders, new() { Account = TestMarket.SpotName, Statuses = { V1.OrderStatus.Canceled } }));
        Assert.Equal(
            ["spot-4", "spot-3", "spot-2", "spot-1", "spot-0"],
            await Ids(own.Orders(TestDeployment.SpotReaderToken), new() { PageSize = 1 }));
    }

    [Fact]
    public async Task An_order_is_found_by_either_id_on_its_own_account_only()
    {
        OrderId order = Emit(_deployment, TestMarket.Spot, "found", OrderStatus.New);
        V1.OrderService.OrderServiceClient orders = _deployment.Orders();
        await Eventually.True(() => orders.ListOrders(new()).Orders.Any(known => known.ClientOrderId == "found"));

        V1.GetOrderResponse byClient =
            await orders.GetOrderAsync(new() { Account = TestMarket.SpotName, ClientOrderId = "found" });
        V1.GetOrderResponse byOurs =
            await orders.GetOrderAsync(new() { Account = TestMarket.SpotName, OrderId = order.ToString() });
        RpcException failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await orders.GetOrderAsync(new() { Account = TestMarket.MainName, OrderId = order.ToString() }));

        Assert.Equal(byClient, byOurs);
        Assert.Equal(order.ToString(), byOurs.Order.OrderId);
        Assert.Equal(StatusCode.NotFound, failure.StatusCode);
    }

    [Fact]
    public async Task Fills_and_orders_survive_the_gateway()
    {
        await using TestDeployment own = await TestDeployment.Started();
        OrderId order = own.FastPath.NextOrderId();
        ExecutionReport report = TestMarket.Report(TestMarket.Spot, order, "filled");
        own.FastPath.Emit(report);
        own.FastPath.Emit(StreamExecutionsTests.Filled(in report));
        await SeenBy(own.Orders(), 1);
        await own.KillGateway();
        await own.StartGateway();

        V1.OrderService.OrderServiceClient orders = own.Orders();
        V1.Order known = Assert.Single((await orders.ListOrdersAsync(new())).Orders);
        V1.Fill fill = Assert.Single(
            (await orders.ListFillsAsync(new() { OrderId = order.ToString() })).Fills);
        Assert.Equal(V1.OrderStatus.Filled, known.Status);
        Assert.Equal("49999.99", known.AveragePrice);
        Assert.Equal(("77", 2L), (fill.TradeId, fill.Sequence));
        Assert.Empty((await orders.ListFillsAsync(new() { OrderId = "1" })).Fills);
    }

    [Fact]
    public async Task Balances_are_those_of_the_ledger_to_the_last_digit()
    {
        var balance = new BalanceChanged
        {
            Header = MessageHeader.For<BalanceChanged>(TestMarket.Spot),
            AssetId = TestMarket.Usdt,
            Wallet = Market.Spot,
            Change = BalanceChange.Opening,
            Free = 999_999_999_999_999_999,
            ReservedAmount = 1,
            InTransit = 0,
            OrderId = OrderId.None,
        };
        _deployment.FastPath.Balances.Write(0, in balance);
        var accounts = new V1.AccountService.AccountServiceClient(
            _deployment.Connect(TestDeployment.OperatorToken));

        V1.Balance told = Assert.Single((await accounts.ListBalancesAsync(new())).Balances);
        Assert.Equal(
            new V1.Balance
            {
                Account = TestMarket.SpotName,
                Wallet = V1.Market.Spot,
                Asset = "USDT",
                Free = "9999999999.99999999",
                Reserved = "0.00000001",
                InTransit = "0",
            },
            told);
        Assert.Empty((await accounts.ListBalancesAsync(new() { Account = TestMarket.MainName })).Balances);
    }

    [Fact]
    public async Task Instruments_and_accounts_are_told_by_name()
    {
        CallInvoker calls = _deployment.Connect(TestDeployment.OperatorToken);
        V1.Instrument instrument = Assert.Single(
            (await new V1.MarketDataService.MarketDataServiceClient(calls).ListInstrumentsAsync(new()))
                .Instruments);
        V1.ListAccountsResponse accounts = await new V1.AccountService.AccountServiceClient(calls)
            .ListAccountsAsync(new());

        Assert.Equal(
            ("binance", "BTC/USDT", "BTCUSDT"),
            (instrument.Exchange, instrument.Symbol, instrument.ExchangeSymbol));
        Assert.Equal(("BTC", "USDT", 2, 5), (
            instrument.BaseAsset, instrument.QuoteAsset, instrument.PriceDecimals,
            instrument.QuantityDecimals));
        Assert.Equal([V1.Market.Spot, V1.Market.Futures], accounts.Accounts[0].Markets);
        Assert.All(accounts.Accounts, account => Assert.Equal(V1.AccountGate.Ready, account.Gate));
    }

    [Fact]
    public async Task A_page_that_cannot_be_is_refused()
    {
        foreach ((int size, string token) in new[] { (-1, ""), (1001, ""), (0, "x") })
        {
            RpcException failure = await Assert.ThrowsAsync<RpcException>(async () =>
                await _deployment.Orders().ListOrdersAsync(new() { PageSize = size, PageToken = token }));
            Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
        }
    }

    private static async Task<List<string>> Ids(
        V1.OrderService.OrderServiceClient orders, V1.ListOrdersRequest request)
    {
        var ids = new List<string>();
        do
        {
            V1.ListOrdersResponse page = await orders.ListOrdersAsync(request);
            Assert.True(request.PageSize == 0 || page.Orders.Count <= request.PageSize);
            ids.AddRange(page.Orders.Select(order => order.ClientOrderId));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        return ids;
    }

    private static Task SeenBy(V1.OrderService.OrderServiceClient orders, int count) =>
        Eventually.True(() => orders.ListOrders(new()).Orders.Count == count);

    private static OrderId Emit(
        TestDeployment deployment, AccountId account, string clientOrderId, OrderStatus status)
    {
        OrderId order = deployment.FastPath.NextOrderId();
        deployment.FastPath.Emit(TestMarket.Report(account, order, clientOrderId) with { Status = status });
        return order;
    }
}
