using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
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
/// <para>
/// Such a server also takes a restart badly: it counts what it dropped while applying in memory alone, and
/// repeats the purge of a part of a stream as one of all of it. So nothing is published that is known to be
/// dropped: whoever repeats a write looks for it first, and expects nothing under a key only after having
/// looked. And nothing is purged there.
/// </para>
/// </remarks>
internal sealed class Bucket
{
    private const int StreamNotFound = 10059;
    private const int StreamNameInUse = 10058;
    private const int MessageNotFound = 10037;
    private const int WrongLastSequence = 10071;
    private const int WrongLastSequenceConstant = 10164;
    private const ulong FirstRevision = 1;
    private const int MessageBytesDefault = 1024 * 1024;
    private const int RequestsInFlightMax = 256;

    /// <summary>How many subjects the server tells at once.</summary>
    private const int SubjectsPerPage = 100_000;

    /// <summary>The first version whose replicas keep rivals apart, and restart without harm.</summary>
    private static readonly Version SoundReplication = new(2, 9, 21);

    private readonly INatsJSContext _jetStream;
    private readonly INatsJSStream _stream;
    private readonly BucketSettings _settings;
    private readonly BoundedAttempts _attempts;
    private readonly ILogger _logger;
    private readonly string _writerPrefix = RandomNumberGenerator.GetHexString(16, lowercase: true);
    private long _writes;

    private Bucket(
        INatsJSContext jetStream,
        INatsJSStream stream,
        BucketSettings settings,
        BoundedAttempts attempts,
        ILogger logger)
    {
        _jetStream = jetStream;
        _stream = stream;
        _settings = settings;
        _attempts = attempts;
        _logger = logger;
        CanPurge = stream.Info.Config.NumReplicas == 1
            || !Version.TryParse(jetStream.Connection.ServerInfo?.Version.Split('-')[0], out var version)
            || version >= SoundReplication;
    }

    /// <summary>
    /// Whether entries can be purged. On old replicated servers they cannot without danger for the others.
    /// </summary>
    public bool CanPurge { get; }

    /// <summary>The largest message, headers included, that the connected server takes.</summary>
    public int MessageBytesMax =>
        _jetStream.Connection.ServerInfo is { MaxPayload: > 0 } server
            ? server.MaxPayload
            : MessageBytesDefault;

    /// <summary>
    /// Opens the bucket. Where it is missing it is made, or null is returned as the settings say.
    /// </summary>
    /// <exception cref="InvalidOperationException">The bucket exists, but would lose entries; all reasons are
    /// told.</exception>
    public static async Task<Bucket?> OpenAsync(
        INatsConnection connection,
        BucketSettings settings,
        BoundedAttempts attempts,
        ILogger logger,
        OperationDeadline deadline)
    {
        var jetStream = new NatsJSContext(connection);
        var stream = await attempts.Run(
            $"open bucket {settings.Name}",
            (_, token) => OpenStreamAsync(jetStream, settings, token),
            deadline).ConfigureAwait(false);
        if (stream is null)
        {
            return null;
        }

        var faults = settings.FaultsOf(stream.Info.Config).ToArray();
        return faults.Length == 0
            ? new Bucket(jetStream, stream, settings, attempts, logger)
            : throw new InvalidOperationException(
                $"The stream {settings.StreamName} cannot hold it: {string.Join("; ", faults)}.");
    }

    /// <summary>A mark for one write that no other write of any process has.</summary>
    public string NextWriter() =>
        $"{_writerPrefix}{Interlocked.Increment(ref _writes).ToString("x", CultureInfo.InvariantCulture)}";

    /// <summary>
    /// The newest entry under a key, a tombstone included, or null where there is none.
    /// </summary>
    public Task<BucketEntry?> GetAsync(string key, OperationDeadline deadline) =>
        _attempts.Run($"read {key}", (_, token) => GetOnceAsync(key, token), deadline);

    /// <summary>
    /// The newest entry under each key, in the order of the keys, each as of its own moment.
    /// </summary>
    public async Task<IReadOnlyList<BucketEntry?>> GetManyAsync(
        IReadOnlyList<string> keys,
        OperationDeadline deadline)
    {
        var entries = new List<BucketEntry?>(keys.Count);
        foreach (var slice in keys.Chunk(RequestsInFlightMax))
        {
            entries.AddRange(await Task.WhenAll(slice.Select(key => GetAsync(key, deadline)))
                .ConfigureAwait(false));
        }

        return entries;
    }

    /// <summary>All keys that match <paramref name="keyFilter"/>, in no order.</summary>
    public async Task<IReadOnlyList<string>> ListKeysAsync(string keyFilter, OperationDeadline deadline)
    {
        var keys = new List<string>();
        int pageLength;
        do
        {
            var request = new StreamInfoRequest
            {
                SubjectsFilter = _settings.SubjectPrefix + keyFilter,
                Offset = keys.Count,
            };
            var stream = await _attempts.Run(
                $"list {keyFilter}",
                (_, token) => _jetStream.GetStreamAsync(_settings.StreamName, request, token),
                deadline).ConfigureAwait(false);
            var page = stream.Info.State.Subjects?.Keys ?? [];
            keys.AddRange(page.Select(subject => subject[_settings.SubjectPrefix.Length..]));
            pageLength = page.Count;
        }
        while (pageLength == SubjectsPerPage);

        return keys;
    }

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
            if (earlierAttempts > 0)
            {
                var found = await GetOnceAsync(key, token).ConfigureAwait(false);
                if ((found?.Revision ?? 0) != expectedRevision)
                {
                    return RevisionIfOwn(found);
                }
            }

            var answer = await PublishAsync(subject, value, options, headers, token).ConfigureAwait(false);
            var isConflict = answer.Error?.ErrCode is WrongLastSequence or WrongLastSequenceConstant;
            if (answer.Duplicate || (isConflict && earlierAttempts > 0))
            {
                return RevisionIfOwn(await GetOnceAsync(key, token).ConfigureAwait(false));
            }

            if (isConflict)
            {
                return null;
            }

            answer.EnsureSuccess();
            return answer.Seq;
        }

        ulong? RevisionIfOwn(BucketEntry? entry) => entry?.Writer == writer ? entry.Revision : null;
    }

    /// <summary>
    /// Makes an entry the newest under its key, whatever was there, and returns its revision.
    /// </summary>
    public Task<ulong> PutAsync(
        string key,
        string writer,
        ReadOnlyMemory<byte> value,
        NatsHeaders headers,
        OperationDeadline deadline)
    {
        var subject = _settings.SubjectPrefix + key;
        headers[EntryHeaders.Writer] = writer;
        var options = new NatsJSPubOpts { MsgId = $"{subject}#{writer}", RetryAttempts = 1 };
        return _attempts.Run($"put {key}", PutOnceAsync, deadline);

        async ValueTask<ulong> PutOnceAsync(int earlierAttempts, CancellationToken token)
        {
            if (earlierAttempts > 0
                && await GetOnceAsync(key, token).ConfigureAwait(false) is { } found
                && found.Writer == writer)
            {
                return found.Revision;
            }

            var answer = await PublishAsync(subject, value, options, headers, token).ConfigureAwait(false);
            if (!answer.Duplicate)
            {
                answer.EnsureSuccess();
            }

            return answer.Seq;
        }
    }

    /// <summary>Removes the entries under keys; where the server cannot purge, tombstones stay.</summary>
    public async Task RemoveAsync(IEnumerable<string> keys, OperationDeadline deadline)
    {
        foreach (var slice in keys.Chunk(RequestsInFlightMax))
        {
            await Task.WhenAll(slice.Select(key => CanPurge
                ? PurgeAsync(key, belowRevision: null, deadline)
                : PutAsync(key, NextWriter(), default, EntryHeaders.Tombstone(), deadline)))
                .ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Removes entries that nothing refers to. All is right with or without them: a failure is only told.
    /// </summary>
    /// <param name="keyFilter">What is purged where the server can.</param>
    /// <param name="belowRevision">Before which revision, or null for all.</param>
    /// <param name="keys">What tombstones are put over where the server cannot.</param>
    /// <param name="deadline">When to give up.</param>
    public async Task DiscardAsync(
        string keyFilter,
        ulong? belowRevision,
        IEnumerable<string> keys,
        OperationDeadline deadline)
    {
        try
        {
            await (CanPurge ? PurgeAsync(keyFilter, belowRevision, deadline) : RemoveAsync(keys, deadline))
                .ConfigureAwait(false);
        }
        catch (Exception failure)
            when (failure is NatsException or TimeoutException or OperationCanceledException)
        {
            Log.EntriesLeftBehind(_logger, failure, keyFilter);
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

    private static async ValueTask<INatsJSStream?> OpenStreamAsync(
        NatsJSContext jetStream,
        BucketSettings settings,
        CancellationToken cancellation)
    {
        if (await FindStreamAsync(jetStream, settings, cancellation).ConfigureAwait(false) is { } found)
        {
            return found;
        }

        if (!settings.IsMadeWhereMissing)
        {
            return null;
        }

        try
        {
            return await jetStream.CreateStreamAsync(settings.ToStreamConfig(), cancellation)
                .ConfigureAwait(false);
        }
        catch (NatsJSApiException rival) when (rival.Error.ErrCode == StreamNameInUse)
        {
            // Another has made it meanwhile, with other settings. The caller says whether they will do.
            return await FindStreamAsync(jetStream, settings, cancellation).ConfigureAwait(false);
        }
    }

    private static async ValueTask<INatsJSStream?> FindStreamAsync(
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
            return null;
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
