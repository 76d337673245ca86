using Orleans.Configuration;

namespace Orleans.JetStream.Tests.Replicated;

internal static class ReplicatedBucket
{
    /// <summary>A bucket on all three servers, and the patience for one of them to be missed.</summary>
    public static void Configure(JetStreamOptions options, string bucket)
    {
        options.Bucket = bucket;
        options.Replicas = 3;
        options.OperationTimeout = TimeSpan.FromSeconds(30);
        options.AttemptTimeout = TimeSpan.FromSeconds(1);
    }
}
