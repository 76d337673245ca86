using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Time;
using Oms.Exchanges;
using Oms.SharedMemory.Tables;

namespace Oms.Connectors.Tests;

/// <summary>Lists that the exchange keeps together: as the adapter sends them, the exchange takes them.</summary>
public sealed class OrderListTests
{
    [Fact]
    public async Task Each_kind_of_list_is_taken_as_it_is_sent()
    {
        await using var deployment = ConnectorDeployment.Prepare();
        await deployment.StartSimulator();
        using var directory = new ListingDirectory(deployment.FastPath.Region);
        ConnectorDefinitions definitions =
            ConnectorDefinitions.TryRead(directory, deployment.Configuration, 0)!.Value.Single();
        using IExchange exchange = ExchangeFactory.Create(
            definitions.Exchange, definitions.Listings, TimeProvider.System, NullLoggerFactory.Instance);
        var credentials = new AccountCredentials(
            deployment.Account("main"), new("binance", "main"), Market.Spot,
            new("key_main", SigningKind.HmacSha256, (message, destination) =>
                HMACSHA256.HashData(Encoding.ASCII.GetBytes("secret_main"), message, destination)));
        IExchangeAccount account = exchange.OpenAccount([credentials]);
        Assert.Equal(
            OrderListKinds.Pair | OrderListKinds.Waiting | OrderListKinds.WaitingPair,
            account.CapabilitiesOf(FastPathStandIn.Bitcoin).Lists);

        // Far below the market, what waits for it stays as it is.
        SubmitOrder entry = Order(1, Side.Buy, OrderType.Limit, 20_000_00);
        SubmitOrder profit = Order(2, Side.Sell, OrderType.Limit, 100_000_00);
        SubmitOrder stop = Order(3, Side.Sell, OrderType.StopLimit, 29_900_00, 30_000_00);
        await Taken(account, new(null, [stop, profit]), ExchangeOrderStatus.New, ExchangeOrderStatus.New);
        await Taken(
            account, new(entry, [Again(stop, 4)]), ExchangeOrderStatus.New, ExchangeOrderStatus.New);
        await Taken(
            account, new(Again(entry, 5), [Again(profit, 6), Order(7, Side.Sell, OrderType.Stop, 0, 30_000_00)]),
            ExchangeOrderStatus.New, ExchangeOrderStatus.New, ExchangeOrderStatus.New);

        ILookup<string, JsonElement> ledger = await deployment.Ledger("main");
        Assert.Equal(
            ["LIMIT", "LIMIT", "LIMIT_MAKER", "LIMIT_MAKER", "STOP_LOSS", "STOP_LOSS_LIMIT", "STOP_LOSS_LIMIT"],
            ledger.SelectMany(orders => orders).Select(order => order.GetProperty("type").GetString()).Order());
    }

    private static async Task Taken(
        IExchangeAccount account, OrderList list, params ExchangeOrderStatus[] statuses)
    {
        Outcome<ImmutableArray<OrderSeen>> outcome = await account.PlaceList(list, CancellationToken.None);
        Assert.True(outcome is Outcome<ImmutableArray<OrderSeen>>.Accepted, $"{outcome}");
        ImmutableArray<OrderSeen> seen = Assert.IsType<Outcome<ImmutableArray<OrderSeen>>.Accepted>(outcome).Reply;
        Assert.Equal(list.All.Select(order => order.OrderId), seen.Select(each => each.OrderId));
        Assert.Equal(statuses, seen.Select(each => each.Status));
    }

    private static SubmitOrder Again(SubmitOrder order, long number) =>
        order with { OrderId = OrderId.Of(0, 1, number) };

    private static SubmitOrder Order(long number, Side side, OrderType type, long price, long stopPrice = 0) => new()
    {
        Header = MessageHeader.For<SubmitOrder>(new(1)) with
        {
            UnixNanos = UnixNanos.Of(TimeProvider.System.GetUtcNow().AddSeconds(1)).Value,
        },
        Session = 1,
        OrderId = OrderId.Of(0, 1, number),
        InstrumentId = FastPathStandIn.Bitcoin,
        Terms = new()
        {
            Side = side,
            Type = type,
            TimeInForce = TimeInForce.GoodTillCancel,
            Price = price,
            StopPrice = stopPrice,
            Quantity = 1_000,
        },
        Stamps = default,
    };
}
