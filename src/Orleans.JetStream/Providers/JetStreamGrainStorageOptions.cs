using Orleans.Storage;

namespace Orleans.Configuration;

/// <summary>Where a grain storage keeps state in JetStream, and how.</summary>
public sealed class JetStreamGrainStorageOptions : JetStreamOptions, IStorageProviderSerializerOptions
{
    private const int ChunkBytesMin = 1024;

    /// <summary>Makes options for the bucket <c>grains</c>.</summary>
    public JetStreamGrainStorageOptions()
        : base("grains")
    {
    }

    /// <summary>
    /// Whether a clear deletes the record, leaving a tombstone of some hundred bytes; otherwise, and by
    /// default, an empty record is kept.
    /// </summary>
    public bool DeleteStateOnClear { get; set; }

    /// <summary>
    /// Serialized state longer than this is cut into chunks, or sooner where the server takes less: 512 KiB
    /// by default.
    /// </summary>
    public int ChunkBytes { get; set; } = 512 * 1024;

    /// <summary>Serialized state longer than this is refused: 64 MiB by default.</summary>
    public int StateBytesMax { get; set; } = 64 * 1024 * 1024;

    /// <summary>The stage of the silo's start at which the bucket is opened.</summary>
    public int InitStage { get; set; } = ServiceLifecycleStage.ApplicationServices;

    /// <inheritdoc/>
    public IGrainStorageSerializer GrainStorageSerializer { get; set; } = null!; // Orleans sets it later.

    internal override IEnumerable<string> Faults()
    {
        foreach (var fault in base.Faults())
        {
            yield return fault;
        }

        if (ChunkBytes < ChunkBytesMin || StateBytesMax < ChunkBytes)
        {
            yield return
                $"{nameof(ChunkBytes)} must be at least {ChunkBytesMin} and at most {nameof(StateBytesMax)}.";
        }
    }
}
