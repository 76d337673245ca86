namespace Orleans.Storage;

/// <summary>
/// Grain state could not be read, written or cleared for a reason other than a rival's change of it.
/// </summary>
/// <remarks>
/// After a failed write or clear the stored state is either the old or the new one: read it again.
/// </remarks>
[GenerateSerializer]
[Alias("Orleans.Storage.JetStreamStorageException")]
public sealed class JetStreamStorageException : Exception
{
    /// <summary>Makes one that says nothing.</summary>
    public JetStreamStorageException()
    {
    }

    /// <summary>Makes one that says what failed.</summary>
    public JetStreamStorageException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one that says what failed and why.</summary>
    public JetStreamStorageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
