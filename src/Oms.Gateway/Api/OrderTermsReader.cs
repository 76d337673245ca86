using Oms.Domain.Orders;
using Oms.Domain.Time;
using Oms.Gateway.Listings;

namespace Oms.Gateway.Api;

/// <summary>
/// What a request says of an order's terms: which fields go with which type. What the values mean for money
/// and limits is FastPath's to decide.
/// </summary>
internal static class OrderTermsReader
{
    /// <param name="isQuantityGiven">False for an order of a list that is worth what its first one fills.</param>
    /// <exception cref="Grpc.Core.RpcException">A field cannot be what it must be.</exception>
    public static void Check(V1.PlaceOrderRequest request, bool isQuantityGiven = true)
    {
        FieldCheck.Enumeration("side", request.Side, isRequired: true);
        FieldCheck.Enumeration("type", request.Type, isRequired: true);
        FieldCheck.Enumeration("time_in_force", request.TimeInForce, isRequired: false);
        FieldCheck.Enumeration("position_side", request.PositionSide, isRequired: false);
        FieldCheck.Enumeration("trigger_source", request.TriggerSource, isRequired: false);
        FieldCheck.Enumeration("self_trade_prevention", request.SelfTradePrevention, isRequired: false);
        bool isTrailing = request.Type == V1.OrderType.TrailingStop;
        FieldCheck.PositiveWhere(
            isQuantityGiven, "quantity", request.Quantity, "is that of the first order of the list");
        FieldCheck.PositiveWhere(HasLimit(request.Type), "price", request.Price, NoPrice(request.Type));
        FieldCheck.PositiveWhere(
            IsConditional(request.Type) && !isTrailing,
            "stop_price", request.StopPrice, "is for stop and take profit orders");
        FieldCheck.PositiveWhere(
            isTrailing, "trailing_offset", request.TrailingOffset, "is for trailing stops");
        if (request.DisplayQuantity.Length > 0)
        {
            FieldCheck.Positive("display_quantity", request.DisplayQuantity);
        }

        if (!IsConditional(request.Type) && request.TriggerSource != V1.TriggerSource.Unspecified)
        {
            throw RpcFailures.Invalid("trigger_source", "is for conditional orders");
        }

        CheckTime(request);
    }

    /// <exception cref="Grpc.Core.RpcException">A number is not exact at the instrument's decimals.</exception>
    public static OrderTerms Read(V1.PlaceOrderRequest request, KnownInstrument instrument) => new()
    {
        Side = (Side)request.Side,
        Type = (OrderType)request.Type,
        TimeInForce = TimeInForceOf(request),
        Flags = (request.PostOnly ? OrderFlags.PostOnly : OrderFlags.None)
            | (request.ReduceOnly ? OrderFlags.ReduceOnly : OrderFlags.None),
        PositionSide = request.PositionSide switch
        {
            V1.PositionSide.Long => PositionSide.Long,
            V1.PositionSide.Short => PositionSide.Short,
            _ => PositionSide.Both,
        },
        TriggerSource = !IsConditional(request.Type) ? TriggerSource.None
            : request.TriggerSource == V1.TriggerSource.Unspecified ? TriggerSource.BestPrice
            : (TriggerSource)request.TriggerSource,
        SelfTradePrevention = (SelfTradePrevention)request.SelfTradePrevention,
        Price = FieldCheck.MantissaIfGiven("price", request.Price, instrument.PriceDecimals),
        Quantity = FieldCheck.MantissaIfGiven("quantity", request.Quantity, instrument.QuantityDecimals),
        StopPrice = FieldCheck.MantissaIfGiven("stop_price", request.StopPrice, instrument.PriceDecimals),
        TrailingOffset = FieldCheck.MantissaIfGiven(
            "trailing_offset", request.TrailingOffset, instrument.PriceDecimals),
        DisplayQuantity = FieldCheck.MantissaIfGiven(
            "display_quantity", request.DisplayQuantity, instrument.QuantityDecimals),
        ExpireUnixNanos = request.ExpireTime is { } expiry
            ? (expiry.Seconds * UnixNanos.PerSecond) + expiry.Nanos
            : 0,
    };

    public static TimeInForce TimeInForceOf(V1.PlaceOrderRequest request) =>
        request.TimeInForce != V1.TimeInForce.Unspecified ? (TimeInForce)request.TimeInForce
        : request.ExpireTime is not null ? TimeInForce.GoodTillDate
        : HasLimit(request.Type) ? TimeInForce.GoodTillCancel
        : TimeInForce.ImmediateOrCancel;

    private static void CheckTime(V1.PlaceOrderRequest request)
    {
        TimeInForce timeInForce = TimeInForceOf(request);
        if (request.Type == V1.OrderType.Market && timeInForce == TimeInForce.GoodTillCancel)
        {
            throw RpcFailures.Invalid("time_in_force", "a market order is immediate or cancel, or fill or kill");
        }

        if ((timeInForce == TimeInForce.GoodTillDate) != request.ExpireTime is not null)
        {
            throw RpcFailures.Invalid("expire_time", "is for good till date orders, and they need it");
        }

        bool isTime = request.ExpireTime is not { } expiry
            || (expiry.Seconds is > 0 and < 9_000_000_000 && expiry.Nanos is >= 0 and < 1_000_000_000);
        if (!isTime)
        {
            throw RpcFailures.Invalid("expire_time", "is no time that an order can end at");
        }
    }

    private static string NoPrice(V1.OrderType type) => type == V1.OrderType.Market
        ? "a market order has none"
        : "an order without a limit has none";

    private static bool HasLimit(V1.OrderType type) => type
        is V1.OrderType.Limit or V1.OrderType.StopLimit or V1.OrderType.TakeProfitLimit;

    private static bool IsConditional(V1.OrderType type) => type >= V1.OrderType.Stop;
}
