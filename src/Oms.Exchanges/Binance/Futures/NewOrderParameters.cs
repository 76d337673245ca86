using Oms.Domain;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Numbers;
using Oms.Domain.Orders;

namespace Oms.Exchanges.Binance.Futures;

/// <summary>A new order of futures in the exchange's words.</summary>
internal static class NewOrderParameters
{
    /// <summary>What it does where orders of one account meet is always said: the exchange's standard has changed.
    /// </summary>
    private const string SelfTradePreventionMode = "EXPIRE_MAKER";

    public static RequestParameters Of(in SubmitOrder order, in InstrumentDefined listing) =>
        TermsOf(order.Terms, in listing)
            .Add("newClientOrderId", WireOrderId.Format(order.OrderId))
            .Add("selfTradePreventionMode", SelfTradePreventionMode);

    /// <summary>Of one that is only tested, and has no name.</summary>
    public static RequestParameters Of(in OrderTerms terms, in InstrumentDefined listing) =>
        TermsOf(in terms, in listing).Add("selfTradePreventionMode", SelfTradePreventionMode);

    private static RequestParameters TermsOf(in OrderTerms terms, in InstrumentDefined listing)
    {
        // What waits for a price waits in the engine: only market and limit orders come here.
        Invariant.Holds(!terms.IsConditional);
        RequestParameters parameters = new RequestParameters()
            .Add("symbol", listing.ExchangeSymbol.ToString())
            .Add("side", terms.IsBuy ? "BUY" : "SELL")
            .Add("type", terms.IsAtMarket ? "MARKET" : "LIMIT");
        if (terms.PositionSide != PositionSide.Both)
        {
            _ = parameters.Add("positionSide", terms.PositionSide == PositionSide.Long ? "LONG" : "SHORT");
        }

        if (!terms.IsAtMarket)
        {
            _ = parameters.Add("timeInForce", terms.IsPostOnly ? "GTX" : TimeInForceOf(in terms))
                .Add("price", DecimalText.FormatShort(terms.Price, listing.PriceDecimals));
        }

        if (terms.IsReduceOnly)
        {
            _ = parameters.Add("reduceOnly", "true");
        }

        return parameters.Add("quantity", DecimalText.FormatShort(terms.Quantity, listing.QuantityDecimals));
    }

    /// <summary>An order with an end rests until the engine cancels it: the exchange takes no near ends.</summary>
    private static string TimeInForceOf(in OrderTerms terms) => terms.TimeInForce switch
    {
        TimeInForce.GoodTillCancel or TimeInForce.GoodTillDate => "GTC",
        TimeInForce.ImmediateOrCancel => "IOC",
        TimeInForce.FillOrKill => "FOK",
    };
}
