using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;

namespace Oms.Exchanges;

/// <summary>
/// Takes what streams bring. A call that is not done yet holds the stream: nothing is lost, it waits.
/// </summary>
public interface IExchangeListener
{
    ValueTask TradeSeen(TradeSeen trade, CancellationToken cancellation);

    ValueTask OrderSeen(OrderSeen order, CancellationToken cancellation);

    ValueTask BalanceMoved(BalanceMoved moved, CancellationToken cancellation);

    ValueTask StreamChanged(AccountId account, StreamState state, CancellationToken cancellation);

    ValueTask FundingSeen(FundingSeen funding, CancellationToken cancellation);

    ValueTask MarkChanged(MarkPrice mark, CancellationToken cancellation);

    /// <summary>
    /// How the exchange holds an account's positions is not as it is configured, and could not be made so.
    /// </summary>
    /// <param name="difference">What is not; empty where all is as it shall be.</param>
    ValueTask SettingsSeen(AccountId account, string difference, CancellationToken cancellation);

    /// <summary>Only the newest matters; never waits.</summary>
    void TopChanged(in TopOfBook top);

    /// <summary>
    /// Up to <see cref="BookLevel.PerSideMax"/> levels of a book, best first, both sides empty while it is not valid.
    /// Only the newest matters; never waits.
    /// </summary>
    void LevelsChanged(
        InstrumentId listing, long exchangeUnixNanos, ReadOnlySpan<BookLevel> bids, ReadOnlySpan<BookLevel> asks);
}
