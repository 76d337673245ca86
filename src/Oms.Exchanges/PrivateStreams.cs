using System.Collections.Immutable;
using Oms.Domain.Ids;

namespace Oms.Exchanges;

/// <summary>Several private streams, each of its own accounts.</summary>
internal sealed class PrivateStreams(IEnumerable<IPrivateStream> streams) : IPrivateStream
{
    private readonly ImmutableArray<IPrivateStream> _streams = [.. streams];

    public void Doubt(AccountId account)
    {
        foreach (IPrivateStream stream in _streams)
        {
            stream.Doubt(account);
        }
    }

    public Task Run(IExchangeListener listener, CancellationToken cancellation) =>
        Task.WhenAll(_streams.Select(stream => stream.Run(listener, cancellation)));
}
