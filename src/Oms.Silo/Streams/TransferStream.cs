using System.Buffers;
using System.Text.Json;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using Oms.Domain.Accounts;
using Oms.Domain.Messages;
using Oms.Silo.Feed;
using Oms.Silo.Text;

namespace Oms.Silo.Streams;

/// <summary>
/// Every step of every transfer in JetStream, in one stream, at <c>transfers.{from}.{to}</c>. Each message names the
/// stream's sequence before it, so that the server takes it only in its place: none comes twice.
/// </summary>
internal sealed class TransferStream(INatsJSContext jetStream, StreamSettings settings, EventNames names) : IEventSink
{
    public const string StreamName = "transfers";

    private const int StreamNotFound = 10059;
    private const int MessageNotFound = 10037;

    private readonly Dictionary<AccountName, long> _held = [];
    private readonly ArrayBufferWriter<byte> _payload = new();
    private ulong _lastStreamSequence;

    public string Name => "transfer stream";

    public async Task<long> ResumeAsync(AccountName account, long checkpointed, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(settings.OpenTimeout);
        INatsJSStream stream = await OpenAsync(limit.Token);
        _lastStreamSequence = stream.Info.State.LastSeq;
        // Events that are no transfers leave nothing here: the checkpoint may be ahead of the last message.
        _held[account] = Math.Max(checkpointed, await LastSequenceAsync(stream, account, limit.Token));
        return _held[account];
    }

    public async Task DeliverAsync(IReadOnlyList<AccountEvents> batch, CancellationToken cancellation)
    {
        foreach (AccountEvents events in batch)
        {
            foreach (byte[] message in events.Messages)
            {
                MessageHeader header = MessageBytes.Header(message);
                if (header.Kind == MessageKind.TransferReport && header.AccountSequence > _held[events.Account])
                {
                    await PublishAsync(message, events.Account, cancellation);
                    _held[events.Account] = header.AccountSequence;
                }
            }

            _held[events.Account] = Math.Max(_held[events.Account], events.LastSequence);
        }
    }

    public long HeldOf(AccountName account) => _held[account];

    private async Task PublishAsync(byte[] message, AccountName account, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(settings.AnswerTimeout);
        long sequence = MessageBytes.Header(message).AccountSequence;
        string subject = EventSubjects.OfTransfer(in MessageBytes.As<TransferReport>(message), account, names);
        PubAckResponse ack = await jetStream.PublishAsync(
            subject,
            PayloadOf(message, account),
            NatsRawSerializer<ReadOnlyMemory<byte>>.Default,
            new NatsJSPubOpts
            {
                MsgId = MessageId.Of(account, sequence),
                ExpectedLastSequence = _lastStreamSequence,
                RetryAttempts = 1,
            },
            cancellationToken: limit.Token);
        if (ack.Error is { } error)
        {
            throw new PublishRefusedException(StreamName, sequence, error.Description ?? "an error");
        }

        _lastStreamSequence = ack.Seq;
    }

    private ReadOnlyMemory<byte> PayloadOf(byte[] message, AccountName account)
    {
        _payload.ResetWrittenCount();
        using var json = new Utf8JsonWriter(_payload);
        EventJson.Write(json, message, account, names);
        return _payload.WrittenMemory;
    }

    private async Task<INatsJSStream> OpenAsync(CancellationToken cancellation)
    {
        var wanted = new StreamConfig
        {
            Name = StreamName,
            Subjects = ["transfers.>"],
            Storage = StreamConfigStorage.File,
            Retention = StreamConfigRetention.Limits,
            MaxAge = settings.AgeMax,
            DuplicateWindow = settings.DuplicateWindow,
        };
        try
        {
            INatsJSStream stream = await jetStream.GetStreamAsync(StreamName, cancellationToken: cancellation);
            StreamConfigs.ThrowIfUnfit(stream.Info.Config, wanted);
            return stream;
        }
        catch (NatsJSApiException missing) when (missing.Error.ErrCode == StreamNotFound)
        {
            return await jetStream.CreateStreamAsync(wanted, cancellation);
        }
    }

    private static async Task<long> LastSequenceAsync(
        INatsJSStream stream, AccountName account, CancellationToken cancellation)
    {
        try
        {
            var request = new StreamMsgGetRequest { LastBySubj = EventSubjects.TransfersFrom(account) };
            StreamMsgGetResponse response = await stream.GetAsync(request, cancellation);
            string? id = MessageHeaders.Find(response.Message.Hdrs, "Nats-Msg-Id");
            return MessageId.TryParse(id, account, out long sequence) ? sequence : 0;
        }
        catch (NatsJSApiException missing) when (missing.Error.ErrCode == MessageNotFound)
        {
            return 0;
        }
    }
}
