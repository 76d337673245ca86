using System.Collections.Frozen;
using System.Collections.Immutable;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;

namespace Oms.Exchanges;

/// <summary>The private streams of all markets: an account's is up when every one of its markets' is.</summary>
/// <param name="marketsOf">How many markets each account is in.</param>
internal sealed class StreamOfMarkets(
    FrozenDictionary<AccountId, int> marketsOf, ImmutableArray<IPrivateStream> streams) : IPrivateStream
{
    public void Doubt(AccountId account)
    {
        foreach (IPrivateStream stream in streams)
        {
            stream.Doubt(account);
        }
    }

    public Task Run(IExchangeListener listener, CancellationToken cancellation)
    {
        var gathered = new Gathered(marketsOf, listener);
        return Task.WhenAll(streams.Select(stream => stream.Run(gathered, cancellation)));
    }

    private sealed class Gathered(FrozenDictionary<AccountId, int> marketsOf, IExchangeListener listener)
        : IExchangeListener
    {
        private readonly Lock _gate = new();
        private readonly Dictionary<AccountId, int> _up = [];

        public ValueTask TradeSeen(TradeSeen trade, CancellationToken cancellation) =>
            listener.TradeSeen(trade, cancellation);

        public ValueTask OrderSeen(OrderSeen order, CancellationToken cancellation) =>
            listener.OrderSeen(order, cancellation);

        public ValueTask BalanceMoved(BalanceMoved moved, CancellationToken cancellation) =>
            listener.BalanceMoved(moved, cancellation);

        public ValueTask FundingSeen(FundingSeen funding, CancellationToken cancellation) =>
            listener.FundingSeen(funding, cancellation);

        public ValueTask MarkChanged(MarkPrice mark, CancellationToken cancellation) =>
            listener.MarkChanged(mark, cancellation);

        public ValueTask SettingsSeen(AccountId account, string difference, CancellationToken cancellation) =>
            listener.SettingsSeen(account, difference, cancellation);

        public void TopChanged(in TopOfBook top) => listener.TopChanged(top);

        public void LevelsChanged(
            InstrumentId listing, long exchangeUnixNanos, ReadOnlySpan<BookLevel> bids,
            ReadOnlySpan<BookLevel> asks) => listener.LevelsChanged(listing, exchangeUnixNanos, bids, asks);

        public ValueTask StreamChanged(AccountId account, StreamState state, CancellationToken cancellation)
        {
            bool isNews;
            lock (_gate)
            {
                int all = marketsOf[account];
                int before = _up.GetValueOrDefault(account);
                int now = before + (state == StreamState.Up ? 1 : -1);
                _up[account] = now;
                isNews = (before == all) != (now == all);
            }

            return isNews ? listener.StreamChanged(account, state, cancellation) : default;
        }
    }
}
