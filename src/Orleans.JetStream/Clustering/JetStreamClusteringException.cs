namespace Orleans.JetStream.Clustering;

/// <summary>
/// The membership of the cluster could not be read or changed for a reason other than a rival's change of it.
/// </summary>
/// <remarks>
/// After a failed change the stored table is either the old or the new one: read it again.
/// </remarks>
[GenerateSerializer]
[Alias("Orleans.JetStream.Clustering.JetStreamClusteringException")]
public sealed class JetStreamClusteringException : Exception
{
    /// <summary>Makes one that says nothing.</summary>
    public JetStreamClusteringException()
    {
    }

    /// <summary>Makes one that says what failed.</summary>
    public JetStreamClusteringException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one that says what failed and why.</summary>
    public JetStreamClusteringException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
