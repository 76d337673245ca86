using Oms.Domain.Ids;
using Oms.Domain.Messages;

namespace Oms.Exchanges.Binance;

/// <summary>How a request names an order that is there.</summary>
internal static class OrderIdentity
{
    /// <summary>By the exchange's own number; where that is not known, by ours.</summary>
    public static RequestParameters Of(in InstrumentDefined listing, long exchangeOrderId, OrderId orderId)
    {
        RequestParameters parameters = new RequestParameters().Add("symbol", listing.ExchangeSymbol.ToString());
        return exchangeOrderId != 0
            ? parameters.Add("orderId", exchangeOrderId)
            : parameters.Add("origClientOrderId", WireOrderId.Format(orderId));
    }
}
