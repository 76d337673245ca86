using System.Diagnostics;

namespace Orleans.JetStream;

/// <summary>Under which names these providers measure and trace what they do.</summary>
public static class JetStreamTelemetry
{
    /// <summary>The name of the meter, to be added to the host's metrics.</summary>
    public const string MeterName = "Orleans.JetStream";

    /// <summary>The name of the activity source, to be added to the host's traces.</summary>
    public const string ActivitySourceName = "Orleans.JetStream";

    internal const string OperationTag = "orleans.jetstream.operation";

    internal const string BucketTag = "orleans.jetstream.bucket";

    internal const string OutcomeTag = "orleans.jetstream.outcome";

    internal static readonly ActivitySource Source = new(ActivitySourceName);
}
