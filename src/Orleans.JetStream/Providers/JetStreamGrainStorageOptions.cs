using NATS.Client.Core;
using Orleans.JetStream;
using Orleans.JetStream.KeyValue;
using Orleans.Storage;

namespace Orleans.Configuration;

/// <summary>Where grain state goes in JetStream, and how long an operation may take.</summary>
/// <remarks>Exactly one of the three ways to a connection must be set.</remarks>
public sealed class JetStreamGrainStorageOptions : IStorageProviderSerializerOptions
{
    /// <summary>Options of a connection of the provider's own.</summary>
    [RedactNatsOptions]
    public NatsOpts? ConnectionOptions { get; set; }

    /// <summary>
    /// The key of an <see cref="INatsConnection"/> among the services, which the provider shares.
    /// </summary>
    public object? ConnectionServiceKey { get; set; }

    /// <summary>Makes the connection, and says whether it is shared.</summary>
    public Func<JetStreamGrainStorageOptions, Task<JetStreamConnection>>? CreateConnection { get; set; }

    /// <summary>The key-value bucket; made at start where it is missing.</summary>
    public string Bucket { get; set; } = "grains";

    /// <summary>On how many servers of a cluster the bucket is kept.</summary>
    public int Replicas { get; set; } = 1;

    /// <summary>
    /// How long the server knows a message it has stored by its id. On replicated servers before 2.9.21 it is
    /// what keeps two rival writes apart.
    /// </summary>
    public TimeSpan DuplicateWindow { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Whether a clear deletes the record, leaving a tombstone of some hundred bytes; otherwise an empty
    /// record is kept.
    /// </summary>
    public bool DeleteStateOnClear { get; set; }

    /// <summary>
    /// How long a read, write or clear may take, with all its repetitions, before it fails.
    /// </summary>
    public TimeSpan OperationTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long one request may stay without answer before it is repeated.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Serialized state longer than this is cut into chunks, or sooner where the server takes less.
    /// </summary>
    public int ChunkBytes { get; set; } = 512 * 1024;

    /// <summary>Serialized state longer than this is refused.</summary>
    public int StateBytesMax { get; set; } = 64 * 1024 * 1024;

    /// <summary>The stage of the silo's start at which the bucket is opened.</summary>
    public int InitStage { get; set; } = ServiceLifecycleStage.ApplicationServices;

    /// <inheritdoc/>
    public IGrainStorageSerializer GrainStorageSerializer { get; set; } = null!; // Orleans sets it later.

    internal BucketSettings ToBucketSettings() => new()
    {
        Name = Bucket,
        Replicas = Replicas,
        DuplicateWindow = DuplicateWindow,
    };
}
