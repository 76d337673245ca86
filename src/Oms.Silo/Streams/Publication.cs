using NATS.Client.JetStream;

namespace Oms.Silo.Streams;

/// <summary>A message that was sent and is not acknowledged yet.</summary>
internal sealed class Publication(
    AccountStream stream, long sequence, ulong streamSequence, NatsJSPublishConcurrentFuture answer)
    : IAsyncDisposable
{
    /// <exception cref="PublishRefusedException">It is not stored, or not where it belongs.</exception>
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
