using System.Collections.Immutable;
using NATS.Client.JetStream;
using Oms.Domain.Accounts;
using Oms.Silo.Feed;
using Oms.Silo.Text;

namespace Oms.Silo.Streams;

/// <summary>
/// Reports, fills and positions in JetStream, a stream per account. Many messages are under way at once, of which the
/// last of each account is answered for all before it; a batch is delivered when all of it is acknowledged, and every
/// wait has an end.
/// </summary>
internal sealed class AccountStreams(INatsJSContext jetStream, StreamSettings settings, EventNames names)
    : IEventSink, IDisposable
{
    private readonly Dictionary<AccountName, AccountStream> _streams = [];

    private readonly ImmutableArray<PublishLane> _lanes =
        [.. Enumerable.Range(0, settings.Lanes).Select(_ => new PublishLane(settings, names))];

    public string Name => "streams";

    public async Task<long> ResumeAsync(
        AccountName account, long checkpointed, CancellationToken cancellation)
    {
        _ = _streams.Remove(account);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(settings.OpenTimeout);
        AccountStream stream =
            await AccountStream.OpenAsync(jetStream, account, settings, checkpointed, limit.Token);
        _streams.Add(account, stream);
        return stream.LastSequence;
    }

    public Task DeliverAsync(IReadOnlyList<AccountEvents> batch, CancellationToken cancellation)
    {
        // An account is in one lane: its messages stay in order.
        var shares = _lanes.Select(_ => new List<(AccountStream, AccountEvents)>()).ToArray();
        foreach ((int index, AccountEvents events) in batch.Index())
        {
            shares[index % shares.Length].Add((_streams[events.Account], events));
        }

        return Task.WhenAll(_lanes.Zip(
            shares, (lane, share) => Task.Run(() => lane.PublishAsync(share, cancellation), cancellation)));
    }

    public long HeldOf(AccountName account) => _streams[account].LastSequence;

    public void Dispose()
    {
        foreach (PublishLane lane in _lanes)
        {
            lane.Dispose();
        }
    }
}
