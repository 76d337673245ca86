using NATS.Client.JetStream;

namespace Oms.Silo.Streams;

/// <summary>
/// Messages that were sent, one behind the other, and are not acknowledged yet: the answer to the last is for all.
/// </summary>
internal sealed class Publication(
    AccountStream stream, long sequence, ulong streamSequence, int count, NatsJSPublishConcurrentFuture answer)
    : IAsyncDisposable
{
    public int Count => count;

    /// <exception cref="PublishRefusedException">The last is not stored, or not where it belongs: so may others be
    /// before it.</exception>
    public async Task ConfirmAsync(CancellationToken cancellation)
    {
        var ack = await answer.GetResponseAsync(cancellation);
        if (ack.Error is { } error)
        {
            throw new PublishRefusedException(stream.StreamName, sequence, error.Description ?? "an error");
        }

        if (ack.Seq != streamSequence)
        {
            throw new PublishRefusedException(stream.StreamName, sequence, $"it is message {ack.Seq}");
        }

        stream.Confirm(sequence);
    }

    public ValueTask DisposeAsync() => answer.DisposeAsync();
}
