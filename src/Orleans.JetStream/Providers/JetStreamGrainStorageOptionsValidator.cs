using System.Buffers;
using Orleans.Configuration;

namespace Orleans.JetStream;

/// <summary>Refuses options that cannot work, all faults at once, before the silo starts.</summary>
internal sealed class JetStreamGrainStorageOptionsValidator(JetStreamGrainStorageOptions options, string name)
    : IConfigurationValidator
{
    private const int ReplicasMax = 5;
    private const int ChunkBytesMin = 1024;

    private static readonly SearchValues<char> BucketCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public void ValidateConfiguration()
    {
        var faults = Faults().ToArray();
        if (faults.Length > 0)
        {
            throw new OrleansConfigurationException(
                $"The options of the JetStream grain storage '{name}' are wrong: {string.Join(" ", faults)}");
        }
    }

    private IEnumerable<string> Faults()
    {
        var connections = new object?[]
        {
            options.ConnectionOptions, options.ConnectionServiceKey, options.CreateConnection,
        };
        if (connections.Count(connection => connection is not null) != 1)
        {
            yield return $"Exactly one of {nameof(options.ConnectionOptions)}, "
                + $"{nameof(options.ConnectionServiceKey)} and {nameof(options.CreateConnection)} "
                + "must be set.";
        }

        if (string.IsNullOrEmpty(options.Bucket)
            || options.Bucket.AsSpan().ContainsAnyExcept(BucketCharacters))
        {
            yield return
                $"{nameof(options.Bucket)} must be of letters, digits, - and _: not '{options.Bucket}'.";
        }

        if (options.Replicas is < 1 or > ReplicasMax)
        {
            yield return
                $"{nameof(options.Replicas)} must be from 1 to {ReplicasMax}, not {options.Replicas}.";
        }

        if (options.AttemptTimeout <= TimeSpan.Zero || options.AttemptTimeout > options.OperationTimeout)
        {
            yield return $"{nameof(options.AttemptTimeout)} must be above zero and at most "
                + $"{nameof(options.OperationTimeout)}.";
        }

        if (options.DuplicateWindow < options.OperationTimeout)
        {
            yield return
                $"{nameof(options.DuplicateWindow)} must be at least {nameof(options.OperationTimeout)}.";
        }

        if (options.ChunkBytes < ChunkBytesMin || options.StateBytesMax < options.ChunkBytes)
        {
            yield return $"{nameof(options.ChunkBytes)} must be at least {ChunkBytesMin} and at most "
                + $"{nameof(options.StateBytesMax)}.";
        }
    }
}
