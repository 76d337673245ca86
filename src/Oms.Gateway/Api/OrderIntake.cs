using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Gateway.Commands;
using Oms.Gateway.Listings;

namespace Oms.Gateway.Api;

/// <summary>
/// Turns requests about orders into commands: checks what can be checked without knowing the market, in the
/// request's own words. Everything about money and limits is FastPath's to decide.
/// </summary>
internal sealed class OrderIntake(ListingNames names, PendingReplies replies)
{
    /// <summary>The order; null where a name is not known, and then why the order is refused.</summary>
    /// <exception cref="Grpc.Core.RpcException">A field cannot be what it must be.</exception>
    public PlaceOrder? Read(
        V1.PlaceOrderRequest request,
        long gatewayReceived,
        out ClientOrderId clientOrderId,
        out OrderRefusal refusal)
    {
        OrderTermsReader.Check(request);
        if (Place(request, out clientOrderId, out refusal) is not var (account, instrument))
        {
            return null;
        }

        return new()
        {
            Header = MessageHeader.For<PlaceOrder>(account.Id),
            ClientOrderId = clientOrderId,
            InstrumentId = instrument.Id,
            Terms = OrderTermsReader.Read(request, instrument),
            CorrelationId = 0,
            Stamps = new() { GatewayReceived = gatewayReceived },
        };
    }

    /// <summary>The order and what it replaces; null where a name is not known.</summary>
    /// <inheritdoc cref="Read(V1.PlaceOrderRequest, long, out ClientOrderId, out OrderRefusal)"/>
    public ReplaceOrder? Read(
        V1.ReplaceOrderRequest request,
        long gatewayReceived,
        out ClientOrderId clientOrderId,
        out OrderRefusal refusal)
    {
        V1.PlaceOrderRequest order = request.Order ?? throw RpcFailures.Invalid("order", "is not given");
        bool isById = request.OriginalCase == V1.ReplaceOrderRequest.OriginalOneofCase.OriginalOrderId;
        OrderId originalId = isById ? OrderIdOf("original_order_id", request.OriginalOrderId) : OrderId.None;
        ClientOrderId originalClientId = isById ? default : ClientOrderIdOf(
            "original", "original_client_order_id", request.HasOriginalClientOrderId, request.OriginalClientOrderId);
        OrderTermsReader.Check(order);
        if (Place(order, out clientOrderId, out refusal) is not var (account, instrument))
        {
            return null;
        }

        return new()
        {
            Header = MessageHeader.For<ReplaceOrder>(account.Id),
            OriginalClientOrderId = originalClientId,
            ClientOrderId = clientOrderId,
            OriginalOrderId = originalId,
            InstrumentId = instrument.Id,
            Terms = OrderTermsReader.Read(order, instrument),
            CorrelationId = 0,
            Stamps = new() { GatewayReceived = gatewayReceived },
        };
    }

    /// <exception cref="Grpc.Core.RpcException">A field cannot be what it must be.</exception>
    public CancelOrder Read(V1.CancelOrderRequest request)
    {
        KnownAccount account = AccountFilter.Known(names, request.Account);
        return new()
        {
            Header = MessageHeader.For<CancelOrder>(account.Id),
            ClientOrderId = request.HasOrderId
                ? default
                : ClientOrderIdOf("id", "client_order_id", request.HasClientOrderId, request.ClientOrderId),
            OrderId = request.HasOrderId ? OrderIdOf("order_id", request.OrderId) : OrderId.None,
            CorrelationId = 0,
        };
    }

    /// <param name="instrumentOf">The instrument of an order; none where it is not known.</param>
    /// <exception cref="Grpc.Core.RpcException">A field cannot be what it must be.</exception>
    public AmendOrder Read(
        V1.AmendOrderRequest request, Func<AccountId, OrderId, ClientOrderId, InstrumentId> instrumentOf)
    {
        KnownAccount account = AccountFilter.Known(names, request.Account);
        OrderId orderId = request.HasOrderId ? OrderIdOf("order_id", request.OrderId) : OrderId.None;
        ClientOrderId clientOrderId = request.HasOrderId ? default : ClientOrderIdOf(
            "id", "client_order_id", request.HasClientOrderId, request.ClientOrderId);
        if (request.Quantity.Length + request.Price.Length + request.StopPrice.Length == 0)
        {
            throw RpcFailures.Invalid("quantity", "neither quantity nor price nor stop_price is given");
        }

        KnownInstrument instrument = names.FindInstrument(instrumentOf(account.Id, orderId, clientOrderId))
            ?? throw RpcFailures.OrderNotFound();
        return new()
        {
            Header = MessageHeader.For<AmendOrder>(account.Id),
            ClientOrderId = clientOrderId,
            OrderId = orderId,
            Price = Changed("price", request.Price, instrument.PriceDecimals),
            Quantity = Changed("quantity", request.Quantity, instrument.QuantityDecimals),
            StopPrice = Changed("stop_price", request.StopPrice, instrument.PriceDecimals),
            CorrelationId = 0,
        };
    }

    /// <summary>An order of a list, in the account and instrument of its first.</summary>
    /// <exception cref="Grpc.Core.RpcException">A field cannot be what it must be.</exception>
    public OrderLeg ReadLeg(V1.PlaceOrderRequest request, KnownInstrument instrument, bool isQuantityGiven)
    {
        OrderTermsReader.Check(request, isQuantityGiven);
        return new()
        {
            ClientOrderId = ClientOrderIdOf(request),
            Terms = OrderTermsReader.Read(request, instrument),
        };
    }

    /// <summary>Where an order trades; null where a name is not known, and then why it is refused.</summary>
    /// <exception cref="Grpc.Core.RpcException">A field cannot be what it must be.</exception>
    public (KnownAccount Account, KnownInstrument Instrument)? Place(
        V1.PlaceOrderRequest request, out ClientOrderId clientOrderId, out OrderRefusal refusal)
    {
        refusal = default;
        AccountFilter.CheckName(request.Account);
        FieldCheck.Symbol("symbol", request.Symbol);
        FieldCheck.Enumeration("market", request.Market, isRequired: false);
        clientOrderId = ClientOrderIdOf(request);
        if (names.FindAccount(request.Account) is not { } account)
        {
            refusal = new(RejectReason.AccountUnknown, request.Market);
            return null;
        }

        Market market = MarketOf(request.Market, account);
        if (names.FindInstrument(account.Exchange, market, request.Symbol) is { } instrument)
        {
            return (account, instrument);
        }

        bool isElsewhere = request.Market == V1.Market.Unspecified
            && Enum.GetValues<Market>().Any(
                other => names.FindInstrument(account.Exchange, other, request.Symbol) is not null);
        refusal = new(
            isElsewhere ? RejectReason.MarketNotEnabled : RejectReason.InstrumentUnknown, (V1.Market)market);
        return null;
    }

    /// <summary>The order that is told where it was refused before FastPath heard of it.</summary>
    public static V1.Order Refused(
        V1.PlaceOrderRequest request,
        ClientOrderId clientOrderId,
        OrderRefusal refusal,
        long unixNanos) => new()
        {
            Account = request.Account,
            Market = refusal.Market,
            Symbol = request.Symbol,
            Side = request.Side,
            Type = request.Type,
            TimeInForce = (V1.TimeInForce)OrderTermsReader.TimeInForceOf(request),
            Status = V1.OrderStatus.Rejected,
            ClientOrderId = clientOrderId.ToString(),
            Quantity = request.Quantity,
            FilledQuantity = "0",
            Price = request.Price,
            StopPrice = request.StopPrice,
            TrailingOffset = request.TrailingOffset,
            DisplayQuantity = request.DisplayQuantity,
            ExpireTime = request.ExpireTime,
            PostOnly = request.PostOnly,
            ReduceOnly = request.ReduceOnly,
            PositionSide = request.PositionSide == V1.PositionSide.Unspecified
                ? V1.PositionSide.Net
                : request.PositionSide,
            TriggerSource = request.TriggerSource,
            SelfTradePrevention = request.SelfTradePrevention,
            RejectReason = ReasonText.Of(refusal.Reason),
            CreatedTime = ContractMapping.TimeOf(unixNanos),
            UpdatedTime = ContractMapping.TimeOf(unixNanos),
        };

    /// <exception cref="Grpc.Core.RpcException">The account has not one market alone, and none is named.
    /// </exception>
    public static Market MarketOf(V1.Market market, KnownAccount account)
    {
        if (market != V1.Market.Unspecified)
        {
            return (Market)market;
        }

        return account.Markets switch
        {
            MarketFlags.Spot => Market.Spot,
            MarketFlags.Futures => Market.Futures,
            _ => throw RpcFailures.Invalid(
                "market", $"must be given: {account.Name} has {account.EnabledMarkets().Count()} enabled"),
        };
    }

    /// <exception cref="Grpc.Core.RpcException">It is no id of an order.</exception>
    public static OrderId OrderIdOf(string field, string text) =>
        long.TryParse(
            text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture,
            out long value) && value > 0
            ? new(value)
            : throw RpcFailures.Invalid(field, "is no id of an order");

    /// <param name="choice">The name of the choice of which it is one.</param>
    /// <exception cref="Grpc.Core.RpcException">It is not given, or cannot be one.</exception>
    public static ClientOrderId ClientOrderIdOf(string choice, string field, bool isGiven, string text) =>
        !isGiven
            ? throw RpcFailures.Invalid(
                choice, $"neither {field.Replace("client_", "", StringComparison.Ordinal)} nor {field} is given")
            : ParseClientOrderId(field, text);

    private ClientOrderId ClientOrderIdOf(V1.PlaceOrderRequest request) => ParseClientOrderId(
        "client_order_id",
        request.ClientOrderId.Length > 0 ? request.ClientOrderId : replies.NextClientOrderId());

    private static ClientOrderId ParseClientOrderId(string field, string text) =>
        ClientOrderId.TryParse(text, out ClientOrderId id)
            ? id
            : throw RpcFailures.Invalid(field, "is not 1 to 36 characters of [A-Za-z0-9._:/-]");

    private static long Changed(string field, string text, int decimals)
    {
        if (text.Length == 0)
        {
            return 0;
        }

        FieldCheck.Positive(field, text);
        return FieldCheck.Mantissa(field, text, decimals);
    }
}
