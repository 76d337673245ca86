using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>Reads a new order of the spot market, and says what is wrong with it first.</summary>
internal static class NewOrderReader
{
    private static readonly string[] NotTaken = ["pegPriceType", "pegOffsetType", "pegOffsetValue"];

    /// <summary>An order that stands alone, and how its answer is to look.</summary>
    public static (NewOrder? Order, ResponseType ResponseType, ApiError? Error) Read(
        ApiRequest request, ExchangeState state)
    {
        ParameterReader reader = new(request.Parameters, state);
        Market? market = reader.Market();
        NewOrder? order = Read(reader, request.Caller, market, OrderParameterNames.Plain);
        ResponseType responseType = ReadResponseType(reader)
            ?? (order?.Type is OrderType.Limit or OrderType.Market ? ResponseType.Full : ResponseType.Ack);
        return order is null || reader.Error is not null
            ? (null, responseType, reader.Error ?? ApiError.UnknownSymbol)
            : (order, responseType, null);
    }

    /// <summary>Null where the request does not say.</summary>
    public static ResponseType? ReadResponseType(ParameterReader reader) => reader.OptionalWord(
        "newOrderRespType", Words.ResponseTypes, ApiError.BadValue("newOrderRespType"));

    /// <summary>An order under any names; null without a market. The reader has what is wrong with it.</summary>
    public static NewOrder? Read(
        ParameterReader reader, Account caller, Market? market, OrderParameterNames names, bool isPending = false)
    {
        OrderSide side = reader.Word(names.Side, Words.Sides, ApiError.UnknownSide);
        OrderType type = reader.Word(names.Type, Words.Types, ApiError.UnknownOrderType);
        foreach (string name in NotTaken)
        {
            reader.Refuse(name);
        }

        SpotTerms terms = ReadTerms(reader, type, names);
        TimeInForce timeInForce = ReadTimeInForce(reader, type, names, terms);
        bool isMarket = type == OrderType.Market;
        (long quantity, long quoteQuantity) = ReadSize(reader, isMarket && names == OrderParameterNames.Plain, names);
        if (!OrderTypes.HasPrice(type))
        {
            reader.Refuse(names.Price);
        }

        long price = OrderTypes.HasPrice(type) ? reader.RequiredAmount(names.Price) : 0;
        string? clientOrderId = reader.OptionalClientOrderId(names.ClientOrderId);
        SelfTradePrevention prevention = reader.OptionalWord(
            "selfTradePreventionMode", Words.SelfTradePreventions, ApiError.SelfTradePreventionNotAllowed)
            ?? SelfTradePrevention.ExpireMaker;
        return market is null
            ? null
            : new NewOrder(
                caller, market, clientOrderId, side, type, timeInForce, price, quantity, quoteQuantity, prevention)
            {
                Terms = terms, IsPending = isPending,
            };
    }

    private static TimeInForce ReadTimeInForce(
        ParameterReader reader, OrderType type, OrderParameterNames names, SpotTerms terms)
    {
        if (!OrderTypes.HasPrice(type) || type == OrderType.LimitMaker)
        {
            reader.Refuse(names.TimeInForce);
            return TimeInForce.GoodTillCanceled;
        }

        TimeInForce timeInForce = reader.Word(names.TimeInForce, Words.TimesInForce, ApiError.UnknownTimeInForce);
        if (terms.IcebergQuantity > 0 && timeInForce != TimeInForce.GoodTillCanceled)
        {
            reader.Fail(names == OrderParameterNames.Plain
                ? ApiError.UnsupportedCombination
                : ApiError.IcebergNotGoodTillCanceled(names.IcebergQuantity));
        }

        return timeInForce;
    }

    private static SpotTerms ReadTerms(ParameterReader reader, OrderType type, OrderParameterNames names)
    {
        if (!OrderTypes.IsConditional(type))
        {
            reader.Refuse(names.StopPrice);
            reader.Refuse(names.TrailingDelta);
        }
        else if (!reader.Has(names.StopPrice) && !reader.Has(names.TrailingDelta))
        {
            reader.Fail(ApiError.MissingEither(names.StopPrice, names.TrailingDelta));
        }

        if (!OrderTypes.HasPrice(type))
        {
            reader.Refuse(names.IcebergQuantity);
        }

        long delta = reader.OptionalInteger(names.TrailingDelta) ?? 0;
        return new SpotTerms(
            reader.OptionalAmount(names.StopPrice), (int)Math.Min(delta, int.MaxValue),
            reader.OptionalAmount(names.IcebergQuantity));
    }

    private static (long Quantity, long QuoteQuantity) ReadSize(
        ParameterReader reader, bool mayBeQuote, OrderParameterNames names)
    {
        if (!mayBeQuote)
        {
            reader.Refuse("quoteOrderQty");
            return (reader.RequiredAmount(names.Quantity), 0);
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
