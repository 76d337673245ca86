using System.Collections.Immutable;
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

namespace Oms.Exchanges.Binance.Futures;

/// <summary>
/// One Binance USDⓈ-M Futures account: orders by the fastest way there is, questions over REST. A new order is only
/// acknowledged: its fills come with the stream, or with evidence.
/// </summary>
/// <param name="wallet">Reaches the host that tells of keys, which is that of spot.</param>
internal sealed class FuturesAccount(
    RestClient rest, RestClient wallet, OrderChannel channel, ListingCatalog listings, AccountCredentials account,
    TimeProvider time, OrderAge age, DeadMansSwitch deadMansSwitch, ILogger logger)
    : IExchangeAccount
{
    /// <summary>What one answer of userTrades or income holds at most.</summary>
    public const int RowsPerPage = 1000;
    public const int TradePagesMax = 100;

    // Weights (USDⓈ-M futures, 2026-07): of openOrders and openAlgoOrders with a symbol and without. An order and its
    // change count as orders alone.
    private const int NoWeight = 0;
    private const int OrderWeight = 1;
    private const int OpenOrdersWeight = 1;
    private const int AllOpenOrdersWeight = 40;
    private const int AccountWeight = 5;
    private const int TradesWeight = 5;
    private const int AllOrdersWeight = 5;
    private const int IncomeWeight = 30;
    private const int PositionModeWeight = 30;

    /// <summary>Payments of funding older than this are not asked for: nobody is away for so long.</summary>
    public static readonly TimeSpan FundingAgeMax = TimeSpan.FromDays(2);

    /// <summary>
    /// Orders from elsewhere that are older are not asked for: their fills, if they were booked, may be forgotten.
    /// </summary>
    public static readonly TimeSpan OthersAgeMax = TimeSpan.FromHours(1);

    private static readonly ExchangeCapabilities Capabilities = new()
    {
        TestsOrders = true,
        TellsKeyRights = true,
        OrdersPerRequestMax = BatchChannel.OrdersMax,
        CancelsPerRequestMax = BatchChannel.CancelsMax,
        CancelsAll = true,
        Lists = OrderListKinds.None,
        HasDeadMansSwitch = true,
    };

    private const string OrderPath = "/fapi/v1/order";
    private const string TestPath = "/fapi/v1/order/test";
    private const string AlgoOrderPath = "/fapi/v1/algoOrder";

    private readonly EvidenceReader _reader = new(listings, account, logger);
    private readonly HoldingsReader _holdings = new(listings, account);
    private readonly BatchChannel _batches = new(channel, rest, account);

    public ExchangeCapabilities CapabilitiesOf(Market market) => Capabilities;

    public ExchangeCapabilities CapabilitiesOf(InstrumentId instrument) => Capabilities;

    public Task<Outcome<KeyRights>> QueryKeyRights(Market market, CancellationToken cancellation) =>
        KeyRestrictions.Query(wallet, account, cancellation);

    public RequestsLeft RequestsLeft(Market market) => rest.Budget.Left(account.Id);

    public Task KeepOpen(CancellationToken cancellation) =>
        Task.WhenAll(channel.Run(cancellation), deadMansSwitch.Run(cancellation));

    public async Task<Outcome<OrderEvidence>> Place(
        SubmitOrder order, CancellationToken cancellation, CancellationToken withdrawn) =>
        await _batches.Place(
            new(HttpMethod.Post, OrderPath, NewOrderParameters.Of(in order, ListingOf(order.InstrumentId)),
                RequestLane.NewOrder, account)
            {
                SocketMethod = "order.place", Weight = NoWeight, Orders = 1, WaitMax = age.Left(order.Header),
                Withdrawn = withdrawn,
            },
            body => ReadPlaced(body, order),
            cancellation);

    /// <summary>There are none in futures.</summary>
    public Task<Outcome<ImmutableArray<OrderSeen>>> PlaceList(OrderList list, CancellationToken cancellation) =>
        Task.FromResult<Outcome<ImmutableArray<OrderSeen>>>(new Outcome<ImmutableArray<OrderSeen>>.Refused(
            RejectReason.ExchangeRefused, 0, "not sent: futures have no lists of orders", default));

    public Task<Outcome<OrderTerms>> Test(
        InstrumentId instrument, OrderTerms terms, CancellationToken cancellation) =>
        rest.Send(
            new(HttpMethod.Post, TestPath, NewOrderParameters.Of(in terms, ListingOf(instrument)), RequestLane.Query,
                account),
            _ => terms,
            cancellation);

    public Task<Outcome<OrderSeen>> Amend(SubmitAmend amend, CancellationToken cancellation)
    {
        InstrumentDefined listing = ListingOf(amend.InstrumentId);
        RequestParameters parameters = OrderIdentity.Of(listing, amend.ExchangeOrderId, amend.OrderId)
            .Add("side", amend.Terms.IsBuy ? "BUY" : "SELL")
            .Add("quantity", DecimalText.FormatShort(amend.Terms.Quantity, listing.QuantityDecimals))
            .Add("price", DecimalText.FormatShort(amend.Terms.Price, listing.PriceDecimals));
        return channel.Send(
            new(HttpMethod.Put, OrderPath, parameters, RequestLane.Amend, account)
            {
                SocketMethod = "order.modify", Weight = NoWeight, Orders = 1, WaitMax = age.Left(amend.Header),
            },
            body => ReadOrder(body, amend.OrderId, amend.InstrumentId, EvidenceSource.Reply),
            cancellation);
    }

    public Task<Outcome<OrderSeen>> Cancel(SubmitCancel cancel, CancellationToken cancellation)
    {
        InstrumentDefined listing = ListingOf(cancel.InstrumentId);
        return AlgoOrderId.TryRead(cancel.ExchangeOrderId, out long algoId)
            ? CancelAlgo(cancel, algoId, cancellation)
            : _batches.Cancel(
                new(HttpMethod.Delete, OrderPath, OrderIdentity.Of(listing, cancel.ExchangeOrderId, cancel.OrderId),
                    RequestLanes.Of(cancel), account)
                {
                    SocketMethod = "order.cancel",
                },
                body => ReadOrder(body, cancel.OrderId, cancel.InstrumentId, EvidenceSource.Reply),
                cancellation);
    }

    /// <summary>Ordinary orders, conditional ones, or both; the exchange tells no states.</summary>
    public Task<Outcome<ImmutableArray<OrderSeen>>> CancelAll(
        ImmutableArray<SubmitCancel> cancels, CancellationToken cancellation)
    {
        RequestParameters parameters = new RequestParameters()
            .Add("symbol", ListingOf(cancels[0].InstrumentId).ExchangeSymbol.ToString());
        return Outcomes.Concat(
            cancels.Select(cancel => AlgoOrderId.TryRead(cancel.ExchangeOrderId, out _)).Distinct(),
            isAlgo => rest.Send<ImmutableArray<OrderSeen>>(
                new(
                    HttpMethod.Delete, isAlgo ? "/fapi/v1/algoOpenOrders" : "/fapi/v1/allOpenOrders", parameters,
                    RequestLanes.Of(cancels[0]), account),
                _ => [],
                cancellation));
    }

    public Task<Outcome<OrderSeen>> QueryOrder(ResolveOrder request, CancellationToken cancellation)
    {
        InstrumentDefined listing = ListingOf(request.InstrumentId);
        return AlgoOrderId.TryRead(request.ExchangeOrderId, out long algoId)
            ? QueryAlgo(algoId, request.OrderId, cancellation)
            : Query(
                OrderPath,
                OrderWeight,
                OrderIdentity.Of(listing, request.ExchangeOrderId, request.OrderId),
                body => ReadOrder(body, request.OrderId, request.InstrumentId, EvidenceSource.Query),
                cancellation);
    }

    public async Task<Outcome<ImmutableArray<TradeSeen>>> QueryTrades(
        OrderSeen order, CancellationToken cancellation)
    {
        var trades = ImmutableArray.CreateBuilder<TradeSeen>();
        long fromId = 0;
        for (int page = 0; page < TradePagesMax; page++)
        {
            Outcome<FuturesAnswer.Trade[]> outcome = await QueryTradesFrom(order, fromId, cancellation);
            if (outcome is not Outcome<FuturesAnswer.Trade[]>.Accepted accepted)
            {
                return outcome.Then<ImmutableArray<TradeSeen>>(
                    (_, _) => throw new System.Diagnostics.UnreachableException());
            }

            trades.AddRange(accepted.Reply.Where(trade => trade.OrderId == order.ExchangeOrderId)
                .Select(trade => ReadTrade(trade, order)));
            if (accepted.Reply.Length < RowsPerPage)
            {
                return Complete(order, trades.ToImmutable(), accepted.Times);
            }

            fromId = accepted.Reply[^1].Id + 1;
        }

        return new Outcome<ImmutableArray<TradeSeen>>.Unknown(
            $"more than {TradePagesMax * RowsPerPage} trades", default);
    }

    /// <summary>Ordinary orders, and conditional ones, which the exchange keeps apart.</summary>
    public Task<Outcome<ImmutableArray<OrderSeen>>> QueryOpenOrders(CancellationToken cancellation) =>
        Outcomes.Concat<Func<Task<Outcome<ImmutableArray<OrderSeen>>>>, OrderSeen>(
        [
            () => AskOpenOrders("/fapi/v1/openOrders", ReadOpenOrders, cancellation),
            () => AskOpenOrders("/fapi/v1/openAlgoOrders", ReadOpenAlgoOrders, cancellation),
        ],
        ask => ask());

    private Task<Outcome<ImmutableArray<OrderSeen>>> AskOpenOrders(
        string path, Func<byte[], ImmutableArray<OrderSeen>> read, CancellationToken cancellation) =>
        OpenOrderQueries.Ask(
            listings, OpenOrdersWeight, AllOpenOrdersWeight,
            (parameters, weight) => Query(path, weight, parameters, read, cancellation));

    public async Task<Outcome<ImmutableArray<PositionSeen>>> QueryPositions(CancellationToken cancellation)
    {
        Outcome<FuturesAnswer.SymbolSettings[]> settings = await QuerySettings(cancellation);
        if (settings is not Outcome<FuturesAnswer.SymbolSettings[]>.Accepted { Reply: var known })
        {
            return settings.Then<ImmutableArray<PositionSeen>>(
                (_, _) => throw new System.Diagnostics.UnreachableException());
        }

        return await Query(
            "/fapi/v3/positionRisk",
            AccountWeight,
            new(),
            body => _holdings.Positions(Parse(body, FuturesJson.Default.PositionArray), known),
            cancellation);
    }

    public Task<Outcome<ImmutableArray<TradeSeen>>> QueryTradesOfOthers(CancellationToken cancellation) =>
        Outcomes.Concat(listings.Listings, listing => QueryTradesOfOthers(listing, cancellation));

    public Task<Outcome<ImmutableArray<FundingSeen>>> QueryFunding(CancellationToken cancellation) => Query(
        "/fapi/v1/income",
        IncomeWeight,
        new RequestParameters().Add("incomeType", "FUNDING_FEE")
            .Add("startTime", (time.GetUtcNow() - FundingAgeMax).ToUnixTimeMilliseconds())
            .Add("limit", RowsPerPage),
        body => _holdings.Funding(Parse(body, FuturesJson.Default.IncomeArray)),
        cancellation);

    public Task<Outcome<ImmutableArray<BalanceSeen>>> QueryBalances(CancellationToken cancellation) => Query(
        "/fapi/v3/balance", AccountWeight, new(),
        body => _holdings.Balances(Parse(body, FuturesJson.Default.BalanceArray)), cancellation);

    public Task<Outcome<FuturesAnswer.PositionMode>> QueryPositionMode(CancellationToken cancellation) => Query(
        "/fapi/v1/positionSide/dual", PositionModeWeight, new(),
        body => Parse(body, FuturesJson.Default.PositionMode), cancellation);

    public Task<Outcome<FuturesAnswer.SymbolSettings[]>> QuerySettings(CancellationToken cancellation) => Query(
        "/fapi/v1/symbolConfig", AccountWeight, new(),
        body => Parse(body, FuturesJson.Default.SymbolSettingsArray), cancellation);

    private Task<Outcome<OrderSeen>> CancelAlgo(SubmitCancel cancel, long algoId, CancellationToken cancellation) =>
        rest.Send(
            new(HttpMethod.Delete, AlgoOrderPath, new RequestParameters().Add("algoId", algoId),
                RequestLanes.Of(cancel), account),
            _ => AlgoSeen(cancel, ExchangeOrderStatus.Canceled),
            cancellation);

    private OrderSeen AlgoSeen(SubmitCancel cancel, ExchangeOrderStatus status) => new()
    {
        Header = MessageHeader.For<OrderSeen>(account.Id),
        OrderId = cancel.OrderId,
        ExchangeOrderId = cancel.ExchangeOrderId,
        InstrumentId = cancel.InstrumentId,
        Status = status,
        Source = EvidenceSource.Reply,
        CumulativeQuantity = 0,
        ExchangeUnixNanos = 0,
        Stamps = default,
        Terms = default,
    };

    private Task<Outcome<OrderSeen>> QueryAlgo(long algoId, OrderId id, CancellationToken cancellation) => Query(
        AlgoOrderPath,
        OrderWeight,
        new RequestParameters().Add("algoId", algoId),
        body => AlgoOrderReader.Read(Parse(body, FuturesJson.Default.AlgoOrder), listings, account.Id)
            is { } order
                ? order with { OrderId = id }
                : throw new FormatException("the answer is about another symbol"),
        cancellation);

    private OrderEvidence ReadPlaced(byte[] body, in SubmitOrder submitted)
    {
        RestAnswer.Order reply = Parse(body, RestJson.Default.Order);
        if (reply.ClientOrderId != WireOrderId.Format(submitted.OrderId))
        {
            throw new FormatException($"the answer is about '{reply.ClientOrderId}'");
        }

        OrderSeen order = _reader.Order(
            reply, submitted.OrderId, submitted.InstrumentId, EvidenceSource.Reply);
        // An acknowledgement says that the order is there. What it filled since, and how it ended, the stream says:
        // with the trades that this answer has not.
        return new(order with { Status = ExchangeOrderStatus.New, CumulativeQuantity = 0 }, []);
    }

    private OrderSeen ReadOrder(byte[] body, OrderId id, InstrumentId instrument, EvidenceSource source) =>
        _reader.Order(Parse(body, RestJson.Default.Order), id, instrument, source);

    private ImmutableArray<OrderSeen> ReadOpenOrders(byte[] body) =>
        _reader.OpenOrders(Parse(body, RestJson.Default.OrderArray));

    private ImmutableArray<OrderSeen> ReadOpenAlgoOrders(byte[] body) =>
    [
        .. Parse(body, FuturesJson.Default.AlgoOrderArray)
            .Select(order => AlgoOrderReader.Read(order, listings, account.Id))
            .OfType<OrderSeen>(),
    ];

    private Task<Outcome<FuturesAnswer.Trade[]>> QueryTradesFrom(
        OrderSeen order, long fromId, CancellationToken cancellation)
    {
        RequestParameters parameters = new RequestParameters()
            .Add("symbol", ListingOf(order.InstrumentId).ExchangeSymbol.ToString())
            .Add("limit", RowsPerPage);
        // Pages are counted over all trades of the symbol; the first is the order's own.
        return Query(
            "/fapi/v1/userTrades",
            TradesWeight,
            fromId == 0 ? parameters.Add("orderId", order.ExchangeOrderId) : parameters.Add("fromId", fromId),
            body => Parse(body, FuturesJson.Default.TradeArray),
            cancellation);
    }

    /// <summary>Of each order that is not ours, every trade.</summary>
    private async Task<Outcome<ImmutableArray<TradeSeen>>> QueryTradesOfOthers(
        InstrumentDefined listing, CancellationToken cancellation)
    {
        RequestParameters parameters = new RequestParameters()
            .Add("symbol", listing.ExchangeSymbol.ToString())
            .Add("startTime", (time.GetUtcNow() - OthersAgeMax).ToUnixTimeMilliseconds())
            .Add("limit", RowsPerPage);
        Outcome<ImmutableArray<OrderSeen>> outcome = await Query(
            "/fapi/v1/allOrders", AllOrdersWeight, parameters, ReadOthers, cancellation);
        if (outcome is not Outcome<ImmutableArray<OrderSeen>>.Accepted accepted)
        {
            return outcome.Then<ImmutableArray<TradeSeen>>(
                (_, _) => throw new System.Diagnostics.UnreachableException());
        }

        return await Outcomes.Concat(accepted.Reply, order => QueryTrades(order, cancellation));
    }

    /// <summary>Those that are not ours and have filled.</summary>
    private ImmutableArray<OrderSeen> ReadOthers(byte[] body) =>
        [.. _reader.OpenOrders(Parse(body, RestJson.Default.OrderArray)).Where(
            order => order.OrderId.IsNone && order.CumulativeQuantity > 0)];

    private TradeSeen ReadTrade(FuturesAnswer.Trade trade, in OrderSeen order) => _reader.Trade(
        new()
        {
            Id = trade.Id,
            OrderId = trade.OrderId,
            Price = trade.Price,
            Qty = trade.Qty,
            Commission = trade.Commission,
            CommissionAsset = trade.CommissionAsset,
            Time = trade.Time,
            IsMaker = trade.IsMaker,
            IsBuyer = trade.IsBuyer,
        },
        order,
        EvidenceSource.Query);

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
