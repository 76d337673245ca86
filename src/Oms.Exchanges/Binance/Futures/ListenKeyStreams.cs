using System.Collections.Immutable;

namespace Oms.Exchanges.Binance.Futures;

/// <summary>The private streams of several accounts, each over a connection of its own.</summary>
internal sealed class ListenKeyStreams(ImmutableArray<ListenKeyStream> accounts) : IPrivateStream
{
    public Task Run(IExchangeListener listener, CancellationToken cancellation) =>
        Task.WhenAll(accounts.Select(account => account.Run(listener, cancellation)));
}
