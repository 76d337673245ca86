namespace Orleans.Configuration;

/// <summary>Where a cluster's silos and their gateways are listed in JetStream.</summary>
/// <remarks>Silos and clients of one cluster name the same bucket; several clusters may share one.</remarks>
public sealed class JetStreamClusteringOptions : JetStreamOptions
{
    /// <summary>Makes options for the bucket <c>orleans-members</c>.</summary>
    public JetStreamClusteringOptions()
        : base("orleans-members")
    {
    }
}
