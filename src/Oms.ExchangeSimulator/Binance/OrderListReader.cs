using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>Reads new lists of orders, and says what is wrong with their composition.</summary>
internal static class OrderListReader
{
    /// <summary>A pair of which one cancels the other, the one above first.</summary>
    public static NewOrderList? ReadPair(ParameterReader reader, Account caller)
    {
        Market? market = reader.Market();
        string? listId = reader.OptionalClientOrderId("listClientOrderId");
        NewOrder[] pair = ReadPair(reader, caller, market, "", isPending: false);
        return market is null || pair.Length < 2
            ? null
            : new NewOrderList(caller, market, listId, ContingencyType.Oco, pair);
    }

    /// <summary>A working order, and one that waits for it, or a pair that does.</summary>
    public static NewOrderList? ReadWaiting(ParameterReader reader, Account caller, bool isPair)
    {
        Market? market = reader.Market();
        string? listId = reader.OptionalClientOrderId("listClientOrderId");
        NewOrder? working = NewOrderReader.Read(
            reader, caller, market, OrderParameterNames.Of("working", "working"));
        if (working?.Type is not (null or OrderType.Limit or OrderType.LimitMaker))
        {
            reader.Fail(ApiError.UnknownOrderType);
        }

        NewOrder?[] pending = isPair
            ? [.. ReadPair(reader, caller, market, "pending", isPending: true)]
            :
            [
                NewOrderReader.Read(
                    reader, caller, market, OrderParameterNames.Of("pending", "pending"), isPending: true),
            ];
        NewOrder[] orders = [.. pending.Prepend(working).OfType<NewOrder>()];
        return market is null ? null : new NewOrderList(caller, market, listId, ContingencyType.Oto, orders);
    }

    private static NewOrder[] ReadPair(
        ParameterReader reader, Account caller, Market? market, string prefix, bool isPending)
    {
        (string aboveName, string belowName) =
            prefix.Length == 0 ? ("above", "below") : (prefix + "Above", prefix + "Below");
        NewOrder? above = NewOrderReader.Read(
            reader, caller, market, OrderParameterNames.Of(aboveName, prefix), isPending);
        NewOrder? below = NewOrderReader.Read(
            reader, caller, market, OrderParameterNames.Of(belowName, prefix), isPending);
        if (above is null || below is null)
        {
            return [];
        }

        if (reader.Error is null && CheckPair(above, below) is { } error)
        {
            reader.Fail(error);
        }

        return [above, below];
    }

    /// <summary>
    /// One of them is LIMIT_MAKER or TAKE_PROFIT(_LIMIT), the other STOP_LOSS(_LIMIT); to buy the stop loss is above,
    /// to sell below.
    /// </summary>
    private static ApiError? CheckPair(NewOrder above, NewOrder below)
    {
        bool isBuy = above.Side == OrderSide.Buy;
        if (above.Type is OrderType.Limit or OrderType.Market || below.Type is OrderType.Limit or OrderType.Market)
        {
            return ApiError.NotInPair;
        }

        if (above.Type == OrderType.LimitMaker && below.Type == OrderType.LimitMaker) return ApiError.PairOfLimits;
        if (isBuy && above.Type == OrderType.LimitMaker) return ApiError.BuyLimitNotBelow;
        if (!isBuy && below.Type == OrderType.LimitMaker) return ApiError.SellLimitNotAbove;
        if (isBuy && OrderTypes.IsStopLoss(below.Type)) return ApiError.BuyStopNotAbove;
        if (!isBuy && OrderTypes.IsStopLoss(above.Type)) return ApiError.SellStopNotBelow;
        if (isBuy && OrderTypes.IsTakeProfit(above.Type)) return ApiError.BuyTakeProfitNotBelow;
        return !isBuy && OrderTypes.IsTakeProfit(below.Type) ? ApiError.SellTakeProfitNotAbove : null;
    }
}
