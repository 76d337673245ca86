using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Futures;

/// <summary>
/// Futures: only profit, loss and commission change hands, in the margin asset. What orders and positions need is
/// looked at, never moved.
/// </summary>
internal sealed class FuturesClearing(FuturesState state, CommissionRates commission) : IClearing
{
    public CommissionRates Commission => commission;

    public void Reserve(ClientOrder order, AccountChange change)
    {
    }

    public void Release(ClientOrder order, AccountChange change)
    {
    }

    public ClientTrade Settle(in Execution execution, AccountChange change)
    {
        ClientOrder order = execution.Order;
        string asset = order.Market.Symbol.QuoteAsset;
        int sign = order.Side == OrderSide.Buy ? 1 : -1;
        long notional = Amount.NotionalOf(execution.Price, execution.Quantity);
        long fee = execution.Commission ?? commission.Of(notional, execution.IsMaker);
        Position position = state.Of(order.Account).PositionOf(
            order.Market, order.Futures?.PositionSide ?? PositionSide.Both);
        long realized = position.Trade(sign * execution.Quantity, sign * notional, execution.TimeMs);
        order.Account.BalanceOf(asset).Book(realized - fee);
        order.Account.UpdatedMs = execution.TimeMs;
        _ = change.Assets.Add(asset);
        change.Note(position);
        return new ClientTrade(
            order, execution.TradeId, execution.Price, execution.Quantity, notional, fee, asset,
            execution.IsMaker, execution.TimeMs)
        {
            Realized = realized,
        };
    }
}
