using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>Reads a new order of the spot market, and says what is wrong with it first.</summary>
internal static class NewOrderReader
{
    private static readonly string[] NotTaken =
        ["stopPrice", "trailingDelta", "icebergQty", "pegPriceType", "pegOffsetType", "pegOffsetValue"];

    public static (NewOrder? Order, ResponseType ResponseType, ApiError? Error) Read(
        ApiRequest request, ExchangeState state)
    {
        ParameterReader reader = new(request.Parameters, state);
        Market? market = reader.Market();
        OrderSide side = reader.Word("side", Words.Sides, ApiError.UnknownSide);
        OrderType type = reader.Word("type", Words.Types, ApiError.UnknownOrderType);
        foreach (string name in NotTaken)
        {
            reader.Refuse(name);
        }

        bool isLimit = type == OrderType.Limit;
        bool isMarket = type == OrderType.Market;
        TimeInForce timeInForce = isLimit
            ? reader.Word("timeInForce", Words.TimesInForce, ApiError.UnknownTimeInForce)
            : TimeInForce.GoodTillCanceled;
        if (!isLimit)
        {
            reader.Refuse("timeInForce");
        }

        (long quantity, long quoteQuantity) = ReadSize(reader, isMarket);
        if (isMarket)
        {
            reader.Refuse("price");
        }

        long price = isMarket ? 0 : reader.RequiredAmount("price");
        string? clientOrderId = reader.OptionalClientOrderId("newClientOrderId");
        ResponseType responseType =
            reader.OptionalWord(
                "newOrderRespType", Words.ResponseTypes, ApiError.BadValue("newOrderRespType"))
            ?? (type == OrderType.LimitMaker ? ResponseType.Ack : ResponseType.Full);
        SelfTradePrevention prevention = reader.OptionalWord(
            "selfTradePreventionMode", Words.SelfTradePreventions, ApiError.SelfTradePreventionNotAllowed)
            ?? SelfTradePrevention.ExpireMaker;
        if (reader.Error is not null || market is null)
        {
            return (null, responseType, reader.Error ?? ApiError.UnknownSymbol);
        }

        NewOrder order = new(
            request.Caller, market, clientOrderId, side, type, timeInForce, price, quantity, quoteQuantity,
            prevention);
        return (order, responseType, null);
    }

    private static (long Quantity, long QuoteQuantity) ReadSize(ParameterReader reader, bool isMarket)
    {
        if (!isMarket)
        {
            reader.Refuse("quoteOrderQty");
            return (reader.RequiredAmount("quantity"), 0);
        }

        bool isBoth = reader.Has("quantity") && reader.Has("quoteOrderQty");
        if (isBoth)
        {
            reader.Fail(ApiError.BadCombination);
        }

        if (!reader.Has("quantity") && !reader.Has("quoteOrderQty"))
        {
            reader.Fail(ApiError.MissingEither("quantity", "quoteOrderQty"));
        }

        return (reader.OptionalAmount("quantity"), reader.OptionalAmount("quoteOrderQty"));
    }
}
