using System.Buffers;
using System.Text.Json;
using Oms.Domain.Accounts;
using Oms.Domain.Messages;
using Oms.Silo.Feed;
using Oms.Silo.Text;

namespace Oms.Silo.Streams;

/// <summary>Publishes events of some accounts, one account after the other; other lanes have others.</summary>
internal sealed class PublishLane : IDisposable
{
    private readonly StreamSettings _settings;
    private readonly EventNames _names;
    private readonly ArrayBufferWriter<byte> _payload = new();
    private readonly Utf8JsonWriter _json;

    public PublishLane(StreamSettings settings, EventNames names)
    {
        _settings = settings;
        _names = names;
        _json = new(_payload);
    }

    /// <summary>Returns when all of them are acknowledged.</summary>
    /// <exception cref="PublishRefusedException">The server did not take one.</exception>
    public async Task PublishAsync(
        IReadOnlyList<(AccountStream Stream, AccountEvents Events)> accounts, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(_settings.AnswerTimeout);
        await using var window = new PublishWindow(_settings, limit);
        foreach ((AccountStream stream, AccountEvents events) in accounts)
        {
            await PublishAsync(stream, events, window, limit.Token);
        }

        await window.ConfirmAllAsync();
    }

    public void Dispose() => _json.Dispose();

    private async Task PublishAsync(
        AccountStream stream, AccountEvents events, PublishWindow window, CancellationToken cancellation)
    {
        long held = stream.LastSequence;
        int last = LastPublished(events);
        int unanswered = 0;
        for (int index = 0; index <= last; index++)
        {
            byte[] message = events.Messages[index];
            MessageHeader header = MessageBytes.Header(message);
            if (header.AccountSequence <= held || !EventSubjects.IsPublished(header.Kind))
            {
                continue;
            }

            string subject = stream.Subjects.Of(message, _names);
            // The payload is copied into the connection's buffer before publishing returns.
            ReadOnlyMemory<byte> payload = PayloadOf(message, events.Account);
            unanswered++;
            if (index < last && unanswered < _settings.AnswerForMax && stream.IsProven)
            {
                await stream.SendAsync(subject, header.AccountSequence, payload, cancellation);
                continue;
            }

            await window.MakeRoomAsync(unanswered);
            window.Add(await stream.PublishAsync(
                subject, header.AccountSequence, payload, unanswered, cancellation));
            unanswered = 0;
        }
    }

    /// <summary>The index of the last message that is published; -1 for none.</summary>
    private static int LastPublished(AccountEvents events)
    {
        int index = events.Messages.Count - 1;
        while (index >= 0 && !EventSubjects.IsPublished(MessageBytes.Header(events.Messages[index]).Kind))
        {
            index--;
        }

        return index;
    }

    private ReadOnlyMemory<byte> PayloadOf(byte[] message, AccountName account)
    {
        _payload.ResetWrittenCount();
        _json.Reset(_payload);
        EventJson.Write(_json, message, account, _names);
        return _payload.WrittenMemory;
    }
}
