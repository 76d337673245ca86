using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using Oms.Domain;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Numbers;
using Oms.Domain.Orders;
using Oms.Exchanges.Binance.Budget;

namespace Oms.Exchanges.Binance.Spot;

/// <summary>One Binance Spot account: orders by the fastest way there is, questions over REST.</summary>
internal sealed class SpotAccount(
    RestClient rest, OrderChannel channel, ListingCatalog listings, AccountCredentials account, UserNumbers users,
    OrderAge age, ILogger logger)
    : IExchangeAccount
{
    /// <summary>What one answer of myTrades holds at most.</summary>
    public const int TradesPerPage = 1000;
    public const int TradePagesMax = 100;

    // Weights (rest-api.md, 2026-07): of openOrders with a symbol and without, of myTrades with an order.
    public const int AccountWeight = 20;
    private const int OrderWeight = 4;
    private const int OpenOrdersWeight = 6;
    private const int AllOpenOrdersWeight = 80;
    private const int TradesWeight = 5;
    private const int AmendWeight = 4;

    private static readonly ExchangeCapabilities Capabilities = new()
    {
        TestsOrders = true, TellsKeyRights = true, OrdersPerRequestMax = 1, CancelsPerRequestMax = 1, CancelsAll = true,
        Lists = OrderListKinds.Pair | OrderListKinds.Waiting | OrderListKinds.WaitingPair,
        HasDeadMansSwitch = false,
    };

    private const string OrderPath = "/api/v3/order";
    private const string TestPath = "/api/v3/order/test";
    private const string OpenOrdersPath = "/api/v3/openOrders";
    private const string AmendPath = "/api/v3/order/amend/keepPriority";

    private readonly EvidenceReader _reader = new(listings, account, logger);

    public ExchangeCapabilities CapabilitiesOf(Market market) => Capabilities;

    public ExchangeCapabilities CapabilitiesOf(InstrumentId instrument) => Capabilities;

    public Task<Outcome<KeyRights>> QueryKeyRights(Market market, CancellationToken cancellation) =>
        KeyRestrictions.Query(rest, account, cancellation);

    public RequestsLeft RequestsLeft(Market market) => rest.Budget.Left(account.Id);

    public Task KeepOpen(CancellationToken cancellation) => channel.Run(cancellation);

    public async Task<Outcome<OrderEvidence>> Place(
        SubmitOrder order, CancellationToken cancellation, CancellationToken withdrawn)
    {
        RequestParameters parameters = NewOrder(in order, listings);
        return await channel.Send(
            new(HttpMethod.Post, OrderPath, parameters, RequestLane.NewOrder, account)
            {
                SocketMethod = "order.place", Orders = 1, WaitMax = age.Left(order.Header), Withdrawn = withdrawn,
            },
            body => ReadPlaced(body, order),
            cancellation);
    }

    public async Task<Outcome<ImmutableArray<OrderSeen>>> PlaceList(
        OrderList list, CancellationToken cancellation)
    {
        string kind = list.Kind switch
        {
            OrderListKinds.Pair => "oco",
            OrderListKinds.Waiting => "oto",
            OrderListKinds.WaitingPair => "otoco",
            _ => throw new InvariantBrokenException("no list of orders"),
        };
        SubmitOrder first = list.All.First();
        return await channel.Send(
            new(
                HttpMethod.Post, $"/api/v3/orderList/{kind}",
                OrderListParameters.Of(list, ListingOf(first.InstrumentId)), RequestLane.NewOrder, account)
            {
                SocketMethod = $"orderList.place.{kind}", Orders = list.All.Count(), WaitMax = age.Left(first.Header),
            },
            body => ReadList(body, list),
            cancellation);
    }

    public Task<Outcome<OrderTerms>> Test(
        InstrumentId instrument, OrderTerms terms, CancellationToken cancellation) =>
        rest.Send(
            new(HttpMethod.Post, TestPath, TermsOf(instrument, in terms, listings), RequestLane.Query, account),
            _ => terms,
            cancellation);

    /// <summary>Spot only makes orders smaller, and they keep their turn; the engine asks for nothing else.</summary>
    public Task<Outcome<OrderSeen>> Amend(SubmitAmend amend, CancellationToken cancellation)
    {
        InstrumentDefined listing = ListingOf(amend.InstrumentId);
        // Without an id of its own the amended order would get a new one.
        RequestParameters parameters = OrderIdentity.Of(listing, amend.ExchangeOrderId, amend.OrderId)
            .Add("newClientOrderId", WireOrderId.Format(amend.OrderId))
            .Add("newQty", DecimalText.FormatShort(amend.Terms.Quantity, listing.QuantityDecimals));
        return channel.Send(
            new(HttpMethod.Put, AmendPath, parameters, RequestLane.Amend, account)
            {
                SocketMethod = "order.amend.keepPriority", Weight = AmendWeight, WaitMax = age.Left(amend.Header),
            },
            body =>
            {
                RestAnswer.Amended reply = Parse(body, RestJson.Default.Amended);
                return _reader.Order(
                    reply.AmendedOrder.At(reply.TransactTime), amend.OrderId, amend.InstrumentId,
                    EvidenceSource.Reply);
            },
            cancellation);
    }

    public Task<Outcome<OrderSeen>> Cancel(SubmitCancel cancel, CancellationToken cancellation)
    {
        RequestParameters parameters =
            OrderIdentity.Of(ListingOf(cancel.InstrumentId), cancel.ExchangeOrderId, cancel.OrderId);
        return channel.Send(
            new(HttpMethod.Delete, OrderPath, parameters, RequestLanes.Of(cancel), account)
            {
                SocketMethod = "order.cancel",
            },
            body => _reader.Order(
                Parse(body, RestJson.Default.Order), cancel.OrderId, cancel.InstrumentId,
                EvidenceSource.Reply),
            cancellation);
    }

    public Task<Outcome<ImmutableArray<OrderSeen>>> CancelAll(
        ImmutableArray<SubmitCancel> cancels, CancellationToken cancellation) =>
        channel.Send(
            new(
                HttpMethod.Delete, OpenOrdersPath,
                new RequestParameters().Add("symbol", ListingOf(cancels[0].InstrumentId).ExchangeSymbol.ToString()),
                RequestLanes.Of(cancels[0]), account)
            {
                SocketMethod = "openOrders.cancelAll",
            },
            body => ReadCanceled(body, cancels),
            cancellation);

    public Task<Outcome<OrderSeen>> QueryOrder(ResolveOrder request, CancellationToken cancellation) => Query(
        OrderPath,
        OrderWeight,
        OrderIdentity.Of(ListingOf(request.InstrumentId), request.ExchangeOrderId, request.OrderId),
        body => _reader.Order(
            Parse(body, RestJson.Default.Order), request.OrderId, request.InstrumentId, EvidenceSource.Query),
        cancellation);

    public async Task<Outcome<ImmutableArray<TradeSeen>>> QueryTrades(
        OrderSeen order, CancellationToken cancellation)
    {
        var trades = ImmutableArray.CreateBuilder<TradeSeen>();
        long fromId = 0;
        for (int page = 0; page < TradePagesMax; page++)
        {
            Outcome<ImmutableArray<TradeSeen>> outcome = await QueryTradesFrom(order, fromId, cancellation);
            if (outcome is not Outcome<ImmutableArray<TradeSeen>>.Accepted accepted)
            {
                return outcome;
            }

            trades.AddRange(accepted.Reply);
            if (accepted.Reply.Length < TradesPerPage)
            {
                return Complete(order, trades.ToImmutable(), accepted.Times);
            }

            fromId = accepted.Reply[^1].TradeId + 1;
        }

        return new Outcome<ImmutableArray<TradeSeen>>.Unknown(
            $"more than {TradePagesMax * TradesPerPage} trades", default);
    }

    public Task<Outcome<ImmutableArray<OrderSeen>>> QueryOpenOrders(CancellationToken cancellation) =>
        OpenOrderQueries.Ask(
            listings, OpenOrdersWeight, AllOpenOrdersWeight,
            (parameters, weight) => Query(OpenOrdersPath, weight, parameters, ReadOpenOrders, cancellation));

    public Task<Outcome<ImmutableArray<BalanceSeen>>> QueryBalances(CancellationToken cancellation) =>
        Query(
            "/api/v3/account",
            AccountWeight,
            new RequestParameters().Add("omitZeroBalances", "true"),
            body => ReadBalances(Parse(body, RestJson.Default.Account)),
            cancellation);

    public Task<Outcome<ImmutableArray<TradeSeen>>> QueryTradesOfOthers(CancellationToken cancellation) =>
        Task.FromResult(Outcome<ImmutableArray<TradeSeen>>.Of([]));

    public Task<Outcome<ImmutableArray<PositionSeen>>> QueryPositions(CancellationToken cancellation) =>
        Task.FromResult(Outcome<ImmutableArray<PositionSeen>>.Of([]));

    public Task<Outcome<ImmutableArray<FundingSeen>>> QueryFunding(CancellationToken cancellation) =>
        Task.FromResult(Outcome<ImmutableArray<FundingSeen>>.Of([]));

    public static RequestParameters NewOrder(in SubmitOrder order, ListingCatalog listings) =>
        TermsOf(order.InstrumentId, order.Terms, listings)
            .Add("newClientOrderId", WireOrderId.Format(order.OrderId))
            .Add("newOrderRespType", "FULL");

    private static RequestParameters TermsOf(InstrumentId instrument, in OrderTerms terms, ListingCatalog listings)
    {
        bool found = listings.TryFind(instrument, out InstrumentDefined listing);
        Invariant.Holds(found);
        RequestParameters parameters = new RequestParameters()
            .Add("symbol", listing.ExchangeSymbol.ToString())
            .Add("side", terms.IsBuy ? "BUY" : "SELL")
            .Add("type", TypeOf(in terms));
        if (!terms.IsAtMarket)
        {
            if (!terms.IsPostOnly)
            {
                _ = parameters.Add("timeInForce", TimeInForceOf(in terms));
            }

            _ = parameters.Add("price", DecimalText.FormatShort(terms.Price, listing.PriceDecimals));
        }

        parameters = parameters.Add("quantity", DecimalText.FormatShort(terms.Quantity, listing.QuantityDecimals));
        return terms.DisplayQuantity > 0
            ? parameters.Add("icebergQty", DecimalText.FormatShort(terms.DisplayQuantity, listing.QuantityDecimals))
            : parameters;
    }

    /// <summary>What waits for a price waits in the engine: only market and limit orders come here.</summary>
    private static string TypeOf(in OrderTerms terms)
    {
        Invariant.Holds(!terms.IsConditional);
        return terms.IsAtMarket ? "MARKET" : terms.IsPostOnly ? "LIMIT_MAKER" : "LIMIT";
    }

    /// <summary>Binance Spot knows no order with an end: the engine cancels it when its time has come.</summary>
    public static string TimeInForceOf(in OrderTerms terms) => terms.TimeInForce switch
    {
        TimeInForce.GoodTillCancel or TimeInForce.GoodTillDate => "GTC",
        TimeInForce.ImmediateOrCancel => "IOC",
        TimeInForce.FillOrKill => "FOK",
    };

    private OrderEvidence ReadPlaced(byte[] body, in SubmitOrder submitted)
    {
        RestAnswer.Order reply = Parse(body, RestJson.Default.Order);
        if (reply.ClientOrderId != WireOrderId.Format(submitted.OrderId))
        {
            throw new FormatException($"the answer is about '{reply.ClientOrderId}'");
        }

        OrderSeen order = _reader.Order(
            reply, submitted.OrderId, submitted.InstrumentId, EvidenceSource.Reply);
        ImmutableArray<TradeSeen> trades = [.. (reply.Fills ?? []).Select(fill => _reader.Fill(fill, order))];
        return trades.Sum(trade => trade.Quantity) == order.CumulativeQuantity
            ? new(order, trades)
            : throw new FormatException("the fills do not add up to executedQty");
    }

    private ImmutableArray<OrderSeen> ReadList(byte[] body, OrderList list)
    {
        RestAnswer.Order[] reports = Parse(body, RestJson.Default.OrderList).OrderReports;
        return
        [
            .. list.All.Select(order => _reader.Order(
                reports.FirstOrDefault(report => report.ClientOrderId == WireOrderId.Format(order.OrderId))
                    ?? throw new FormatException($"the answer is not about {order.OrderId}"),
                order.OrderId, order.InstrumentId, EvidenceSource.Reply)),
        ];
    }

    /// <summary>Orders, and lists of orders, which the connector never makes.</summary>
    private ImmutableArray<OrderSeen> ReadCanceled(byte[] body, ImmutableArray<SubmitCancel> cancels)
    {
        var seen = ImmutableArray.CreateBuilder<OrderSeen>();
        using JsonDocument document = JsonDocument.Parse(body);
        foreach (JsonElement each in document.RootElement.EnumerateArray().Where(
            each => each.TryGetProperty("orderId", out _)))
        {
            RestAnswer.Order order = each.Deserialize(RestJson.Default.Order) ?? throw new JsonException("null");
            SubmitCancel cancel = cancels.FirstOrDefault(cancel => cancel.ExchangeOrderId == order.OrderId);
            if (cancel.ExchangeOrderId != 0)
            {
                seen.Add(_reader.Order(order, cancel.OrderId, cancel.InstrumentId, EvidenceSource.Reply));
            }
        }

        return seen.ToImmutable();
    }

    private ImmutableArray<OrderSeen> ReadOpenOrders(byte[] body) =>
        _reader.OpenOrders(Parse(body, RestJson.Default.OrderArray));

    private ImmutableArray<BalanceSeen> ReadBalances(RestAnswer.Account reply)
    {
        account.Identity = reply.Uid == 0 ? null : reply.Uid.ToString(CultureInfo.InvariantCulture);
        if (!account.IsTrial)
        {
            users.Note(account.Id, reply.Uid);
        }

        var held = reply.Balances.ToDictionary(balance => balance.Asset, StringComparer.Ordinal);
        var balances = ImmutableArray.CreateBuilder<BalanceSeen>(listings.Assets.Length);
        foreach (AssetDefined asset in listings.Assets)
        {
            RestAnswer.Balance? balance = held.GetValueOrDefault(asset.Name.ToString());
            balances.Add(new()
            {
                Header = MessageHeader.For<BalanceSeen>(account.Id),
                AssetId = asset.AssetId,
                Market = Market.Spot,
                Free = balance is null ? 0 : EvidenceReader.Exact(balance.Free, asset.Decimals, "free"),
                Locked = balance is null ? 0 : EvidenceReader.Exact(balance.Locked, asset.Decimals, "locked"),
                EvidenceId = 0,
            });
        }

        return balances.ToImmutable();
    }

    private Task<Outcome<ImmutableArray<TradeSeen>>> QueryTradesFrom(
        OrderSeen order, long fromId, CancellationToken cancellation)
    {
        RequestParameters parameters = new RequestParameters()
            .Add("symbol", ListingOf(order.InstrumentId).ExchangeSymbol.ToString())
            .Add("orderId", order.ExchangeOrderId)
            .Add("limit", TradesPerPage);
        return Query(
            "/api/v3/myTrades",
            TradesWeight,
            fromId == 0 ? parameters : parameters.Add("fromId", fromId),
            body => Parse(body, RestJson.Default.TradeArray)
                .Select(trade => _reader.Trade(trade, order, EvidenceSource.Query))
                .ToImmutableArray(),
            cancellation);
    }

    private static Outcome<ImmutableArray<TradeSeen>> Complete(
        in OrderSeen order, ImmutableArray<TradeSeen> trades, RequestTimes times) =>
        trades.Sum(trade => trade.Quantity) >= order.CumulativeQuantity
            ? new Outcome<ImmutableArray<TradeSeen>>.Accepted(trades, times)
            // The list of trades may lag behind the state of the order.
            : new Outcome<ImmutableArray<TradeSeen>>.Unknown(
                "the trades do not add up to executedQty yet", times);

    private Task<Outcome<TReply>> Query<TReply>(
        string path, int weight, RequestParameters parameters, Func<byte[], TReply> read,
        CancellationToken cancellation) =>
        rest.Send(
            new(HttpMethod.Get, path, parameters, RequestLane.Query, account) { Weight = weight }, read, cancellation);

    private InstrumentDefined ListingOf(InstrumentId instrument)
    {
        bool found = listings.TryFind(instrument, out InstrumentDefined listing);
        Invariant.Holds(found);
        return listing;
    }

    private static TReply Parse<TReply>(byte[] body, JsonTypeInfo<TReply> type)
        where TReply : class =>
        JsonSerializer.Deserialize(body, type) ?? throw new JsonException("null");
}
