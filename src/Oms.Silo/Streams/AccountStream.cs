using System.Globalization;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using Oms.Domain;
using Oms.Domain.Accounts;

namespace Oms.Silo.Streams;

/// <summary>
/// The stream of an account's events. Each message names the stream's sequence before it, so that the server
/// takes it only in its place: however many were under way when a connection or a process died, none comes
/// twice, none out of order.
/// </summary>
internal sealed class AccountStream
{
    private const int StreamNotFound = 10059;
    private const int MessageNotFound = 10037;

    private readonly INatsJSContext _jetStream;
    private readonly AccountName _account;
    private ulong _lastStreamSequence;

    private AccountStream(
        INatsJSContext jetStream, AccountName account, long lastSequence, ulong lastStreamSequence)
    {
        _jetStream = jetStream;
        _account = account;
        Subjects = new(account);
        _lastStreamSequence = lastStreamSequence;
        LastSequence = lastSequence;
    }

    public string StreamName => NameOf(_account);

    public AccountSubjects Subjects { get; }

    /// <summary>
    /// Whether a message was published since the stream was opened. The first asks for its own answer: where the
    /// server takes none, that one says why, and those behind it only that something is missing before them.
    /// </summary>
    public bool IsProven { get; private set; }

    /// <summary>The last of the account's sequences that the server has acknowledged.</summary>
    public long LastSequence { get; private set; }

    public static string NameOf(AccountName account) => $"events-{account.Exchange}-{account.Account}";

    /// <summary>Opens the stream, making it where it is missing, and finds out how far it got.</summary>
    /// <param name="checkpointed">Taken for the last sequence of a stream whose messages have all
    /// expired.</param>
    /// <exception cref="InvalidOperationException">The stream exists and would lose events.</exception>
    public static async Task<AccountStream> OpenAsync(
        INatsJSContext jetStream,
        AccountName account,
        StreamSettings settings,
        long checkpointed,
        CancellationToken cancellation)
    {
        StreamConfig wanted = StreamConfigs.Of(account, settings);
        INatsJSStream stream = await OpenAsync(jetStream, wanted, cancellation);
        StreamConfigs.ThrowIfUnfit(stream.Info.Config, wanted);
        StreamState state = stream.Info.State;
        for (ulong sequence = state.LastSeq; sequence >= state.FirstSeq && sequence > 0; sequence--)
        {
            // Only a message of somebody else, or a deleted one, makes this more than one step.
            if (await ReadSequenceAsync(stream, sequence, account, cancellation) is { } last)
            {
                return new(jetStream, account, last, state.LastSeq);
            }
        }

        return new(jetStream, account, state.LastSeq == 0 ? 0 : checkpointed, state.LastSeq);
    }

    /// <summary>
    /// Sends a message behind the one sent before, without asking for an answer: the server stores it in its place or
    /// not at all, so the answer to a later one is an answer to it.
    /// </summary>
    public ValueTask SendAsync(
        string subject, long sequence, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        NatsHeaders headers = new()
        {
            ["Nats-Msg-Id"] = MessageId.Of(_account, sequence),
            ["Nats-Expected-Last-Sequence"] = _lastStreamSequence.ToString(CultureInfo.InvariantCulture),
        };
        _lastStreamSequence++;
        return _jetStream.Connection.PublishAsync(
            subject, payload, headers, serializer: NatsRawSerializer<ReadOnlyMemory<byte>>.Default,
            cancellationToken: cancellation);
    }

    /// <summary>
    /// Sends a message and asks for an answer, which holds for all that were sent before it; does not wait for it.
    /// </summary>
    /// <param name="count">Of messages that the answer is for.</param>
    public async Task<Publication> PublishAsync(
        string subject, long sequence, ReadOnlyMemory<byte> payload, int count, CancellationToken cancellation)
    {
        Invariant.Holds(sequence > LastSequence);
        var options = new NatsJSPubOpts
        {
            MsgId = MessageId.Of(_account, sequence),
            ExpectedLastSequence = _lastStreamSequence,
            RetryAttempts = 1,
        };
        NatsJSPublishConcurrentFuture answer = await _jetStream.PublishConcurrentAsync(
            subject, payload, NatsRawSerializer<ReadOnlyMemory<byte>>.Default, options, null, cancellation);
        _lastStreamSequence++;
        IsProven = true;
        return new(this, sequence, _lastStreamSequence, count, answer);
    }

    public void Confirm(long sequence)
    {
        Invariant.Holds(sequence > LastSequence);
        LastSequence = sequence;
    }

    private static async Task<INatsJSStream> OpenAsync(
        INatsJSContext jetStream, StreamConfig wanted, CancellationToken cancellation)
    {
        try
        {
            INatsJSStream stream =
                await jetStream.GetStreamAsync(wanted.Name ?? "", cancellationToken: cancellation);
            return StreamConfigs.IsUpToDate(stream.Info.Config, wanted)
                ? stream
                : await jetStream.UpdateStreamAsync(wanted, cancellation);
        }
        catch (NatsJSApiException missing) when (missing.Error.ErrCode == StreamNotFound)
        {
            return await jetStream.CreateStreamAsync(wanted, cancellation);
        }
    }

    private static async Task<long?> ReadSequenceAsync(
        INatsJSStream stream, ulong streamSequence, AccountName account, CancellationToken cancellation)
    {
        try
        {
            var request = new StreamMsgGetRequest { Seq = streamSequence };
            StreamMsgGetResponse response = await stream.GetAsync(request, cancellation);
            string? id = MessageHeaders.Find(response.Message.Hdrs, "Nats-Msg-Id");
            return MessageId.TryParse(id, account, out long sequence) ? sequence : null;
        }
        catch (NatsJSApiException missing) when (missing.Error.ErrCode == MessageNotFound)
        {
            return null;
        }
    }
}
