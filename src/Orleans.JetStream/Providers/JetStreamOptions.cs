using System.Buffers;
using NATS.Client.Core;
using Orleans.JetStream;
using Orleans.JetStream.KeyValue;

namespace Orleans.Configuration;

/// <summary>
/// How a provider reaches JetStream, in which bucket it keeps what it is given, and how long it tries.
/// </summary>
/// <remarks>Exactly one of the three ways to a connection must be set.</remarks>
public abstract class JetStreamOptions
{
    private const int ReplicasMax = 5;

    private static readonly SearchValues<char> BucketCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private protected JetStreamOptions(string bucket) => Bucket = bucket;

    /// <summary>Options of a connection of the provider's own.</summary>
    [RedactNatsOptions]
    public NatsOpts? ConnectionOptions { get; set; }

    /// <summary>
    /// The key of an <see cref="INatsConnection"/> among the services, which the provider shares.
    /// </summary>
    public object? ConnectionServiceKey { get; set; }

    /// <summary>
    /// Makes the connection, given the services of the host, and says whether it is shared.
    /// </summary>
    public Func<IServiceProvider, Task<JetStreamConnection>>? CreateConnection { get; set; }

    /// <summary>
    /// The key-value bucket, which no other provider uses; a silo makes it at its start where it is missing.
    /// </summary>
    public string Bucket { get; set; }

    /// <summary>On how many servers of a cluster the bucket is kept: 1 to 5, 1 by default.</summary>
    public int Replicas { get; set; } = 1;

    /// <summary>
    /// How long the server knows a message it has stored by its id: 2 minutes by default. On replicated
    /// servers before 2.9.21 it is what keeps two rival writes apart.
    /// </summary>
    public TimeSpan DuplicateWindow { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How long one operation may take, with all its repetitions, before it fails: 15 seconds by default.
    /// </summary>
    public TimeSpan OperationTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long one request may stay without answer before it is repeated: 3 seconds by default.
    /// </summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(3);

    internal BucketSettings ToBucketSettings() => new()
    {
        Name = Bucket,
        Replicas = Replicas,
        DuplicateWindow = DuplicateWindow,
    };

    /// <summary>What in these options cannot work, in whole sentences.</summary>
    internal virtual IEnumerable<string> Faults()
    {
        var connections = new object?[] { ConnectionOptions, ConnectionServiceKey, CreateConnection };
        if (connections.Count(connection => connection is not null) != 1)
        {
            yield return $"Exactly one of {nameof(ConnectionOptions)}, {nameof(ConnectionServiceKey)} and "
                + $"{nameof(CreateConnection)} must be set.";
        }

        if (string.IsNullOrEmpty(Bucket) || Bucket.AsSpan().ContainsAnyExcept(BucketCharacters))
        {
            yield return $"{nameof(Bucket)} must be of letters, digits, - and _: not '{Bucket}'.";
        }

        if (Replicas is < 1 or > ReplicasMax)
        {
            yield return $"{nameof(Replicas)} must be from 1 to {ReplicasMax}, not {Replicas}.";
        }

        if (AttemptTimeout <= TimeSpan.Zero || AttemptTimeout > OperationTimeout)
        {
            yield return
                $"{nameof(AttemptTimeout)} must be above zero and at most {nameof(OperationTimeout)}.";
        }

        if (DuplicateWindow < OperationTimeout)
        {
            yield return $"{nameof(DuplicateWindow)} must be at least {nameof(OperationTimeout)}.";
        }
    }
}
