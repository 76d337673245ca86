using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NATS.Client.Core;
using Orleans.Configuration;
using Orleans.JetStream;
using Orleans.JetStream.KeyValue;
using Orleans.Serialization.Serializers;

namespace Orleans.Storage;

/// <summary>Grain state in a JetStream key-value bucket; the ETag is the record's revision.</summary>
/// <remarks>
/// A write or clear takes effect only on the version its ETag names: otherwise <see
/// cref="InconsistentStateException"/>. Every other failure is a <see cref="JetStreamStorageException"/>,
/// except that a caller's cancellation stays one.
/// </remarks>
public sealed class JetStreamGrainStorage
    : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>, IAsyncDisposable
{
    private readonly string _name;
    private readonly string _serviceId;
    private readonly JetStreamGrainStorageOptions _options;
    private readonly IActivatorProvider _activators;
    private readonly IServiceProvider _services;
    private readonly TimeProvider _time;
    private readonly ILogger<JetStreamGrainStorage> _logger;
    private JetStreamConnection? _connection;
    private GrainRecords? _records;

    public JetStreamGrainStorage(
        string name,
        JetStreamGrainStorageOptions options,
        IOptions<ClusterOptions> clusterOptions,
        IActivatorProvider activators,
        IServiceProvider services,
        ILogger<JetStreamGrainStorage> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clusterOptions);
        _name = name;
        _options = options;
        _serviceId = clusterOptions.Value.ServiceId;
        _activators = activators;
        _services = services;
        _time = services.GetService<TimeProvider>() ?? TimeProvider.System;
        _logger = logger;
    }

    private GrainRecords Records => _records
        ?? throw new InvalidOperationException(
            $"The grain storage '{_name}' is not started or has been disposed.");

    public void Participate(ISiloLifecycle observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        _ = observer.Subscribe(
            OptionFormattingUtilities.Name<JetStreamGrainStorage>(_name), _options.InitStage, StartAsync);
    }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ReadStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        WriteStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ClearStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task ReadStateAsync<T>(
        string stateName,
        GrainId grainId,
        IGrainState<T> grainState,
        CancellationToken cancellationToken) =>
        Run(TargetOf("read", stateName, grainId), async (target, deadline) =>
        {
            var record = await Records.ReadAsync(target.Key, deadline);
            grainState.State = record?.Content is { } content
                ? _options.GrainStorageSerializer.Deserialize<T>(content)! // A stored null is read as one.
                : NewState<T>();
            grainState.RecordExists = record?.Content is not null;
            grainState.ETag = record?.Version.ToETag();
        }, cancellationToken);

    public Task WriteStateAsync<T>(
        string stateName,
        GrainId grainId,
        IGrainState<T> grainState,
        CancellationToken cancellationToken) =>
        Run(TargetOf("write", stateName, grainId), async (target, deadline) =>
        {
            var expected = RecordVersion.FromETag(grainState.ETag);
            var content = _options.GrainStorageSerializer.Serialize(grainState.State).ToMemory();
            var written = await Records.WriteAsync(target.Key, expected, content, deadline)
                ?? throw await ConflictAsync(target, grainState.ETag, deadline);
            grainState.ETag = written.ToETag();
            grainState.RecordExists = true;
        }, cancellationToken);

    public Task ClearStateAsync<T>(
        string stateName,
        GrainId grainId,
        IGrainState<T> grainState,
        CancellationToken cancellationToken) =>
        Run(TargetOf("clear", stateName, grainId), async (target, deadline) =>
        {
            var expected = RecordVersion.FromETag(grainState.ETag);
            var keep = !_options.DeleteStateOnClear;
            var (isCleared, kept) = await Records.ClearAsync(target.Key, expected, keep, deadline);
            if (!isCleared)
            {
                throw await ConflictAsync(target, grainState.ETag, deadline);
            }

            grainState.State = NewState<T>();
            grainState.RecordExists = false;
            grainState.ETag = kept?.ToETag();
        }, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _records = null;
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeUnlessSharedAsync();
        }
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            _connection = await JetStreamConnection.CreateAsync(_options, _services);
            var attempts = new BoundedAttempts(_options.AttemptTimeout, _time);
            using var deadline = new OperationDeadline(_options.OperationTimeout, _time, cancellationToken);
            var bucket = await Bucket.OpenAsync(
                _connection.Connection, _options.ToBucketSettings(), attempts, deadline);
            _records = new GrainRecords(bucket, _options.ChunkBytes, _options.StateBytesMax, _logger);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            await DisposeAsync();
            throw new JetStreamStorageException(
                $"The grain storage '{_name}' could not open its bucket '{_options.Bucket}'. "
                + failure.Message,
                failure);
        }

        var elapsedMs = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        Log.StorageOpened(_logger, _name, _options.Bucket, elapsedMs);
    }

    private Target TargetOf(string verb, string stateName, GrainId grainId) =>
        new(verb, stateName, grainId, _options.Bucket, GrainRecordKey.Of(_serviceId, stateName, grainId));

    private async Task Run(
        Target target,
        Func<Target, OperationDeadline, Task> body,
        CancellationToken cancellationToken)
    {
        using var deadline = new OperationDeadline(_options.OperationTimeout, _time, cancellationToken);
        try
        {
            await body(target, deadline);
        }
        catch (Exception failure) when (failure is not InconsistentStateException
            && !(failure is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            throw new JetStreamStorageException($"Could not {target}. {failure.Message}", failure);
        }
    }

    private async Task<InconsistentStateException> ConflictAsync(
        Target target,
        string? expectedETag,
        OperationDeadline deadline)
    {
        string storedETag;
        try
        {
            storedETag = (await Records.ReadVersionAsync(target.Key, deadline))?.ToETag() ?? "none";
        }
        catch (Exception failure)
            when (failure is TimeoutException or NatsException or OperationCanceledException)
        {
            storedETag = "unknown"; // That there is a conflict is certain; which one is only good to know.
        }

        return new InconsistentStateException(
            $"Could not {target}: another has changed it.", storedETag, expectedETag ?? "none");
    }

    private T NewState<T>() => _activators.GetActivator<T>().Create();

    /// <summary>What an operation is about, as its failures tell it.</summary>
    private sealed record Target(string Verb, string StateName, GrainId GrainId, string Bucket, string Key)
    {
        public override string ToString() =>
            $"{Verb} the state '{StateName}' of grain {GrainId} at {Bucket}/{Key}";
    }
}
