using System.Globalization;
using System.Security.Cryptography;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace Orleans.JetStream.KeyValue;

/// <summary>
/// A JetStream key-value bucket whose compare-and-swap holds on every server from 2.9 on, replicated or not.
/// </summary>
/// <remarks>
/// A clustered server before 2.9.21 checks the expected revision only before it proposes a message, so two
/// rivals can both pass. Each commit therefore also carries the message id <c>{subject}#{expected
/// revision}</c>: duplicates are dropped where messages are applied, and of all rivals one remains. The
/// others are told the winner's sequence, as is a writer that repeats a commit whose outcome it did not
/// learn; the writer's mark in the entry tells the two apart. Entries are read through the stream's leader:
/// the direct reads of other clients may be stale.
/// </remarks>
internal sealed class Bucket
{
    private const int StreamNotFound = 10059;
    private const int MessageNotFound = 10037;
    private const int WrongLastSequence = 10071;
    private const int WrongLastSequenceConstant = 10164;
    private const ulong FirstRevision = 1;
    private const int MessageBytesDefault = 1024 * 1024;

    private readonly INatsJSContext _jetStream;
    private readonly INatsJSStream _stream;
    private readonly BucketSettings _settings;
    private readonly BoundedAttempts _attempts;
    private readonly string _writerPrefix = RandomNumberGenerator.GetHexString(16, lowercase: true);
    private long _writes;

    private Bucket(
        INatsJSContext jetStream,
        INatsJSStream stream,
        BucketSettings settings,
        BoundedAttempts attempts)
    {
        _jetStream = jetStream;
        _stream = stream;
        _settings = settings;
        _attempts = attempts;
    }

    /// <summary>The largest message, headers included, that the connected server takes.</summary>
    public int MessageBytesMax =>
        _jetStream.Connection.ServerInfo is { MaxPayload: > 0 } server
            ? server.MaxPayload
            : MessageBytesDefault;

    /// <summary>Opens the bucket, creating it where it is missing.</summary>
    /// <exception cref="InvalidOperationException">The bucket exists, but would lose entries; all reasons are
    /// told.</exception>
    public static async Task<Bucket> OpenAsync(
        INatsConnection connection,
        BucketSettings settings,
        BoundedAttempts attempts,
        OperationDeadline deadline)
    {
        var jetStream = new NatsJSContext(connection);
        var stream = await attempts.Run(
            $"open bucket {settings.Name}",
            (_, token) => OpenStreamAsync(jetStream, settings, token),
            deadline).ConfigureAwait(false);
        var faults = settings.FaultsOf(stream.Info.Config).ToArray();
        return faults.Length == 0
            ? new Bucket(jetStream, stream, settings, attempts)
            : throw new InvalidOperationException(
                $"The stream {settings.StreamName} cannot hold grain state: {string.Join("; ", faults)}.");
    }

    /// <summary>A mark for one write that no other write of any process has.</summary>
    public string NextWriter() =>
        $"{_writerPrefix}{Interlocked.Increment(ref _writes).ToString("x", CultureInfo.InvariantCulture)}";

    /// <summary>
    /// The newest entry under a key, a tombstone included, or null where there never was one.
    /// </summary>
    public Task<BucketEntry?> GetAsync(string key, OperationDeadline deadline) =>
        _attempts.Run($"read {key}", (_, token) => GetOnceAsync(key, token), deadline);

    /// <summary>
    /// Makes an entry the newest under its key if <paramref name="expectedRevision"/> still is; 0: none yet.
    /// </summary>
    /// <returns>The new revision, or null where another writer came first.</returns>
    public Task<ulong?> CommitAsync(
        string key,
        ulong expectedRevision,
        string writer,
        ReadOnlyMemory<byte> value,
        NatsHeaders headers,
        OperationDeadline deadline)
    {
        var subject = _settings.SubjectPrefix + key;
        headers[EntryHeaders.Writer] = writer;
        var options = new NatsJSPubOpts
        {
            MsgId = string.Create(CultureInfo.InvariantCulture, $"{subject}#{expectedRevision}"),
            ExpectedLastSubjectSequence = expectedRevision,
            RetryAttempts = 1,
        };
        return _attempts.Run($"commit {key}", CommitOnceAsync, deadline);

        async ValueTask<ulong?> CommitOnceAsync(int earlierAttempts, CancellationToken token)
        {
            var answer = await PublishAsync(subject, value, options, headers, token).ConfigureAwait(false);
            var isConflict = answer.Error?.ErrCode is WrongLastSequence or WrongLastSequenceConstant;
            if (answer.Duplicate || (isConflict && earlierAttempts > 0))
            {
                var newest = await GetOnceAsync(key, token).ConfigureAwait(false);
                return newest?.Writer == writer ? newest.Revision : null;
            }

            if (isConflict)
            {
                return null;
            }

            answer.EnsureSuccess();
            return answer.Seq;
        }
    }

    /// <summary>Stores an entry under a key that only this writer uses.</summary>
    public Task<ulong> PutAsync(string key, ReadOnlyMemory<byte> value, OperationDeadline deadline)
    {
        var subject = _settings.SubjectPrefix + key;
        var options = new NatsJSPubOpts { MsgId = subject, RetryAttempts = 1 };
        return _attempts.Run($"put {key}", PutOnceAsync, deadline);

        async ValueTask<ulong> PutOnceAsync(int earlierAttempts, CancellationToken token)
        {
            var answer = await PublishAsync(subject, value, options, [], token).ConfigureAwait(false);
            if (!answer.Duplicate)
            {
                answer.EnsureSuccess();
            }

            return answer.Seq;
        }
    }

    /// <summary>
    /// Removes what matches <paramref name="keyFilter"/>, all of it or what is older than a revision.
    /// </summary>
    public Task PurgeAsync(string keyFilter, ulong? belowRevision, OperationDeadline deadline)
    {
        if (belowRevision <= FirstRevision)
        {
            // Nothing is older; but the server would take it for no limit and purge all.
            return Task.CompletedTask;
        }

        var request = new StreamPurgeRequest
        {
            Filter = _settings.SubjectPrefix + keyFilter,
            Seq = belowRevision ?? 0,
        };
        return _attempts.Run(
            $"purge {keyFilter}", (_, token) => _stream.PurgeAsync(request, token), deadline);
    }

    private static async ValueTask<INatsJSStream> OpenStreamAsync(
        NatsJSContext jetStream,
        BucketSettings settings,
        CancellationToken cancellation)
    {
        try
        {
            return await jetStream.GetStreamAsync(settings.StreamName, cancellationToken: cancellation)
                .ConfigureAwait(false);
        }
        catch (NatsJSApiException missing) when (missing.Error.ErrCode == StreamNotFound)
        {
            return await jetStream.CreateStreamAsync(settings.ToStreamConfig(), cancellation)
                .ConfigureAwait(false);
        }
    }

    private async ValueTask<BucketEntry?> GetOnceAsync(string key, CancellationToken cancellation)
    {
        try
        {
            var request = new StreamMsgGetRequest { LastBySubj = _settings.SubjectPrefix + key };
            var response = await _stream.GetAsync(request, cancellation).ConfigureAwait(false);
            return BucketEntry.From(response.Message);
        }
        catch (NatsJSApiException missing) when (missing.Error.ErrCode == MessageNotFound)
        {
            return null;
        }
    }

    private ValueTask<PubAckResponse> PublishAsync(
        string subject,
        ReadOnlyMemory<byte> value,
        NatsJSPubOpts options,
        NatsHeaders headers,
        CancellationToken cancellation) =>
        _jetStream.PublishAsync(
            subject, value, NatsRawSerializer<ReadOnlyMemory<byte>>.Default, options, headers, cancellation);
}
