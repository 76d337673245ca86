using System.Buffers;
using System.Text.Json;
using NATS.Client.JetStream;
using Oms.Domain.Accounts;
using Oms.Domain.Messages;
using Oms.Silo.Feed;
using Oms.Silo.Text;

namespace Oms.Silo.Streams;

/// <summary>
/// Reports, fills and positions in JetStream, a stream per account. Many messages are under way at once; a
/// batch is delivered when all of it is acknowledged, and every wait has an end.
/// </summary>
internal sealed class AccountStreams(INatsJSContext jetStream, StreamSettings settings, EventNames names)
    : IEventSink
{
    private readonly Dictionary<AccountName, AccountStream> _streams = [];
    private readonly ArrayBufferWriter<byte> _payload = new();

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

    public async Task DeliverAsync(IReadOnlyList<AccountEvents> batch, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(settings.AnswerTimeout);
        var window = new Queue<Publication>(settings.WindowMax);
        try
        {
            foreach (AccountEvents events in batch)
            {
                await PublishAsync(events, window, limit);
            }

            while (window.Count > 0)
            {
                await ConfirmFirstAsync(window, limit);
            }
        }
        finally
        {
            foreach (Publication publication in window)
            {
                await publication.DisposeAsync();
            }
        }
    }

    public long HeldOf(AccountName account) => _streams[account].LastSequence;

    private async Task PublishAsync(
        AccountEvents events, Queue<Publication> window, CancellationTokenSource limit)
    {
        AccountStream stream = _streams[events.Account];
        long held = stream.LastSequence;
        foreach (byte[] message in events.Messages)
        {
            MessageHeader header = MessageBytes.Header(message);
            if (header.AccountSequence <= held || !EventSubjects.IsPublished(header.Kind))
            {
                continue;
            }

            if (window.Count == settings.WindowMax)
            {
                await ConfirmFirstAsync(window, limit);
            }

            string subject = EventSubjects.Of(message, events.Account, names);
            // The payload is copied into the connection's buffer before this returns.
            window.Enqueue(await stream.PublishAsync(
                subject, header.AccountSequence, PayloadOf(message, events.Account), limit.Token));
        }
    }

    private async Task ConfirmFirstAsync(Queue<Publication> window, CancellationTokenSource limit)
    {
        await using Publication publication = window.Dequeue();
        await publication.ConfirmAsync(limit.Token);
        limit.CancelAfter(settings.AnswerTimeout);
    }

    private ReadOnlyMemory<byte> PayloadOf(byte[] message, AccountName account)
    {
        _payload.ResetWrittenCount();
        using var json = new Utf8JsonWriter(_payload);
        EventJson.Write(json, message, account, names);
        return _payload.WrittenMemory;
    }
}
