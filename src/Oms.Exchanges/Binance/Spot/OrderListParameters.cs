using Oms.Domain;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Numbers;
using Oms.Domain.Orders;

namespace Oms.Exchanges.Binance.Spot;

/// <summary>
/// A list of orders in the words of <c>POST /api/v3/orderList/oco</c>, <c>/oto</c> and <c>/otoco</c> (rest-api.md,
/// 2026-07). Of a pair the order whose price is higher is the one above; a leg of a pair that is a limit order must not
/// take.
/// </summary>
internal static class OrderListParameters
{
    public static RequestParameters Of(OrderList list, in InstrumentDefined listing)
    {
        RequestParameters parameters = new RequestParameters().Add("symbol", listing.ExchangeSymbol.ToString());
        if (list.Working is { } working)
        {
            AddSideAndQuantity(parameters, "working", working.Terms, in listing);
            AddOrder(parameters, "working", working, isOfPair: false, in listing);
        }

        string group = list.Working is null ? "" : "pending";
        AddSideAndQuantity(parameters, group, list.Legs[0].Terms, in listing);
        if (list.Legs is [var only])
        {
            AddOrder(parameters, group, only, isOfPair: false, in listing);
        }
        else
        {
            SubmitOrder[] byPrice = [.. list.Legs.OrderByDescending(leg => PriceOf(leg.Terms))];
            AddOrder(parameters, Name(group, "above"), byPrice[0], isOfPair: true, in listing);
            AddOrder(parameters, Name(group, "below"), byPrice[1], isOfPair: true, in listing);
        }

        return parameters.Add("newOrderRespType", "RESULT");
    }

    private static void AddSideAndQuantity(
        RequestParameters parameters, string prefix, in OrderTerms terms, in InstrumentDefined listing) =>
        _ = parameters
            .Add(Name(prefix, "side"), terms.IsBuy ? "BUY" : "SELL")
            .Add(Name(prefix, "quantity"), DecimalText.FormatShort(terms.Quantity, listing.QuantityDecimals));

    private static void AddOrder(
        RequestParameters parameters, string prefix, in SubmitOrder order, bool isOfPair, in InstrumentDefined listing)
    {
        OrderTerms terms = order.Terms;
        string type = TypeOf(terms.Type, terms.IsPostOnly || isOfPair);
        _ = parameters
            .Add(Name(prefix, "type"), type)
            .Add(Name(prefix, "clientOrderId"), WireOrderId.Format(order.OrderId));
        if (!terms.IsAtMarket)
        {
            _ = parameters.Add(Name(prefix, "price"), DecimalText.FormatShort(terms.Price, listing.PriceDecimals));
            if (type != "LIMIT_MAKER")
            {
                _ = parameters.Add(Name(prefix, "timeInForce"), SpotAccount.TimeInForceOf(in terms));
            }
        }

        if (terms.IsConditional)
        {
            _ = parameters.Add(
                Name(prefix, "stopPrice"), DecimalText.FormatShort(terms.StopPrice, listing.PriceDecimals));
        }
    }

    /// <summary>The exchange holds what waits for a price too; stops that follow it stay with the engine.</summary>
    private static string TypeOf(OrderType type, bool isMaker) => type switch
    {
        OrderType.Market => "MARKET",
        OrderType.Limit => isMaker ? "LIMIT_MAKER" : "LIMIT",
        OrderType.Stop => "STOP_LOSS",
        OrderType.StopLimit => "STOP_LOSS_LIMIT",
        OrderType.TakeProfit => "TAKE_PROFIT",
        OrderType.TakeProfitLimit => "TAKE_PROFIT_LIMIT",
        OrderType.TrailingStop => throw new InvariantBrokenException("a trailing stop is in no list"),
    };

    private static long PriceOf(in OrderTerms terms) => terms.IsConditional ? terms.StopPrice : terms.Price;

    private static string Name(string prefix, string name) =>
        prefix.Length == 0 ? name : $"{prefix}{char.ToUpperInvariant(name[0])}{name[1..]}";
}
