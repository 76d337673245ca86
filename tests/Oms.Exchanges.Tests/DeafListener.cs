using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;

namespace Oms.Exchanges.Tests;

/// <summary>Takes what streams bring, and does nothing with it.</summary>
internal abstract class DeafListener : IExchangeListener
{
    public virtual ValueTask TradeSeen(TradeSeen trade, CancellationToken cancellation) => default;

    public virtual ValueTask OrderSeen(OrderSeen order, CancellationToken cancellation) => default;

    public virtual ValueTask BalanceMoved(BalanceMoved moved, CancellationToken cancellation) => default;

    public virtual ValueTask StreamChanged(
        AccountId account, StreamState state, CancellationToken cancellation) => default;

    public virtual ValueTask FundingSeen(FundingSeen funding, CancellationToken cancellation) => default;

    public virtual ValueTask MarkChanged(MarkPrice mark, CancellationToken cancellation) => default;

    public virtual ValueTask SettingsSeen(
        AccountId account, string difference, CancellationToken cancellation) => default;

    public virtual void TopChanged(in TopOfBook top)
    {
    }

    public virtual void LevelsChanged(
        InstrumentId listing, long exchangeUnixNanos, ReadOnlySpan<BookLevel> bids, ReadOnlySpan<BookLevel> asks)
    {
    }
}
