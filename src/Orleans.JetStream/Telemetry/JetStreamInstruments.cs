using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Orleans.JetStream;

/// <summary>What the providers of one host measure. Tags are of few values: no key, no grain.</summary>
internal sealed class JetStreamInstruments
{
    private readonly Histogram<double> _operationDuration;
    private readonly Counter<long> _requestRepeats;

    public JetStreamInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(JetStreamTelemetry.MeterName);
        _operationDuration = meter.CreateHistogram<double>(
            "orleans.jetstream.operation.duration",
            "s",
            "How long operations took, repetitions included, by what they did and how they ended.");
        _requestRepeats = meter.CreateCounter<long>(
            "orleans.jetstream.request.repeats",
            "{request}",
            "Requests that were repeated because the server had not answered, or was not ready.");
    }

    public void OperationEnded(string operation, string bucket, string outcome, TimeSpan duration) =>
        _operationDuration.Record(duration.TotalSeconds, new TagList
        {
            { JetStreamTelemetry.OperationTag, operation },
            { JetStreamTelemetry.BucketTag, bucket },
            { JetStreamTelemetry.OutcomeTag, outcome },
        });

    public void RequestRepeated(string bucket) =>
        _requestRepeats.Add(1, new KeyValuePair<string, object?>(JetStreamTelemetry.BucketTag, bucket));
}
