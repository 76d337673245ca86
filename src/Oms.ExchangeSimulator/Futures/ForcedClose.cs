using System.Globalization;
using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Futures;

/// <summary>An order that the exchange itself sends for an account, to close a position.</summary>
internal static class ForcedClose
{
    /// <summary>
    /// Closes a position: a liquidation takes what the book has, and the rest, like an automatic deleveraging, trades
    /// with the exchange itself at the mark, in whole ticks.
    /// </summary>
    public static ClientOrder Of(
        Transaction transaction, FuturesState state, Position position, FuturesOrderOrigin origin)
    {
        SymbolRules rules = position.Market.Symbol.Rules;
        long mark = state.Of(position.Market).MarkPrice / rules.TickSize * rules.TickSize;
        long price = Math.Clamp(mark, rules.PriceMin, rules.PriceMax);
        long orderId = state.Shared.LastOrderId + 1;
        ClientOrder order = new()
        {
            Account = position.Account,
            Market = position.Market,
            OrderId = orderId,
            ClientOrderId = NameOf(origin, transaction.TimeMs, orderId),
            Side = position.Quantity > 0 ? OrderSide.Sell : OrderSide.Buy,
            Type = OrderType.Limit,
            TimeInForce = TimeInForce.ImmediateOrCancel,
            Price = price,
            Quantity = Math.Abs(position.Quantity),
            QuoteQuantity = 0,
            SelfTradePrevention = SelfTradePrevention.None,
            Futures = new FuturesTerms(position.Side, IsReduceOnly: false, GoodTillMs: 0, origin),
            CreatedMs = transaction.TimeMs,
        };
        transaction.Accept(order);
        if (origin == FuturesOrderOrigin.Liquidation)
        {
            new OrderMatching(state.Shared, transaction).TakeWhatThereIs(order);
        }

        if (order.IsOpen)
        {
            transaction.Fill(
                order, order.Market.NextTradeId(), price, order.LeavesQuantity, isMaker: false);
        }

        return order;
    }

    private static string NameOf(FuturesOrderOrigin origin, long timeMs, long orderId)
    {
        string number = string.Create(CultureInfo.InvariantCulture, $"{timeMs}{orderId % 1_000_000:000000}");
        return origin switch
        {
            FuturesOrderOrigin.AutoDeleveraging => "adl_autoclose",
            FuturesOrderOrigin.Settlement => $"settlement_autoclose-{number}",
            _ => $"autoclose-{number}",
        };
    }
}
