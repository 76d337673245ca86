using Microsoft.Extensions.Options;
using NATS.Client.Core;
using Orleans.Configuration;
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
    private readonly BucketClient _client;

    /// <summary>Makes a storage that connects when the silo starts.</summary>
    /// <param name="name">The name by which grains ask for it.</param>
    /// <param name="options">Where and how it keeps state.</param>
    /// <param name="clusterOptions">The service whose state it keeps.</param>
    /// <param name="activators">What makes new state.</param>
    /// <param name="services">The services of the silo.</param>
    public JetStreamGrainStorage(
        string name,
        JetStreamGrainStorageOptions options,
        IOptions<ClusterOptions> clusterOptions,
        IActivatorProvider activators,
        IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clusterOptions);
        _name = name;
        _options = options;
        _serviceId = clusterOptions.Value.ServiceId;
        _activators = activators;
        _client = new BucketClient(
            options,
            isMadeWhereMissing: true,
            (message, cause) => new JetStreamStorageException(message, cause),
            services);
    }

    /// <inheritdoc/>
    public void Participate(ISiloLifecycle observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        _ = observer.Subscribe(
            OptionFormattingUtilities.Name<JetStreamGrainStorage>(_name),
            _options.InitStage,
            _client.OpenAsync);
    }

    /// <inheritdoc/>
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ReadStateAsync(stateName, grainId, grainState, CancellationToken.None);

    /// <inheritdoc/>
    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        WriteStateAsync(stateName, grainId, grainState, CancellationToken.None);

    /// <inheritdoc/>
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ClearStateAsync(stateName, grainId, grainState, CancellationToken.None);

    /// <inheritdoc/>
    public Task ReadStateAsync<T>(
        string stateName,
        GrainId grainId,
        IGrainState<T> grainState,
        CancellationToken cancellationToken) =>
        Run("read", NameOf(stateName, grainId), async (records, key, deadline) =>
        {
            var record = await records.ReadAsync(key, deadline);
            grainState.State = record?.Content is { } content
                ? _options.GrainStorageSerializer.Deserialize<T>(content)! // A stored null is read as one.
                : NewState<T>();
            grainState.RecordExists = record?.Content is not null;
            grainState.ETag = record?.Version.ToETag();
        }, cancellationToken);

    /// <inheritdoc/>
    public Task WriteStateAsync<T>(
        string stateName,
        GrainId grainId,
        IGrainState<T> grainState,
        CancellationToken cancellationToken)
    {
        var name = NameOf(stateName, grainId);
        return Run("write", name, async (records, key, deadline) =>
        {
            var expected = RecordVersion.FromETag(grainState.ETag);
            var content = _options.GrainStorageSerializer.Serialize(grainState.State).ToMemory();
            var written = await records.WriteAsync(key, expected, content, deadline)
                ?? throw await ConflictAsync(records, "write", name, grainState.ETag, deadline);
            grainState.ETag = written.ToETag();
            grainState.RecordExists = true;
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public Task ClearStateAsync<T>(
        string stateName,
        GrainId grainId,
        IGrainState<T> grainState,
        CancellationToken cancellationToken)
    {
        var name = NameOf(stateName, grainId);
        return Run("clear", name, async (records, key, deadline) =>
        {
            var expected = RecordVersion.FromETag(grainState.ETag);
            var keep = !_options.DeleteStateOnClear;
            var (isCleared, kept) = await records.ClearAsync(key, expected, keep, deadline);
            if (!isCleared)
            {
                throw await ConflictAsync(records, "clear", name, grainState.ETag, deadline);
            }

            grainState.State = NewState<T>();
            grainState.RecordExists = false;
            grainState.ETag = kept?.ToETag();
        }, cancellationToken);
    }

    /// <summary>Closes the connection, unless it is shared.</summary>
    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private Task<bool> Run(
        string operation,
        GrainRecordName name,
        Func<Records, string, OperationDeadline, Task> body,
        CancellationToken cancellationToken) =>
        _client.Run(operation, name, async (bucket, deadline) =>
        {
            var records = new Records(bucket, _options.ChunkBytes, _options.StateBytesMax);
            await body(records, name.Key, deadline);
            return true;
        }, cancellationToken);

    private static async Task<InconsistentStateException> ConflictAsync(
        Records records,
        string operation,
        GrainRecordName name,
        string? expectedETag,
        OperationDeadline deadline)
    {
        string storedETag;
        try
        {
            storedETag = (await records.ReadVersionAsync(name.Key, deadline))?.ToETag() ?? "none";
        }
        catch (Exception failure)
            when (failure is TimeoutException or NatsException or OperationCanceledException)
        {
            storedETag = "unknown"; // That there is a conflict is certain; which one is only good to know.
        }

        return new InconsistentStateException(
            $"Could not {operation} {name}: another has changed it.", storedETag, expectedETag ?? "none");
    }

    private GrainRecordName NameOf(string stateName, GrainId grainId) => new(_serviceId, stateName, grainId);

    private T NewState<T>() => _activators.GetActivator<T>().Create();
}
