using System.Diagnostics.Metrics;
using Oms.Domain.Time;
using Oms.Silo.Feed;

namespace Oms.Silo.Telemetry;

/// <summary>
/// How the feed is, for whoever collects it: above all how far what is published is behind FastPath. All of it is read
/// when somebody asks.
/// </summary>
internal sealed class SiloMeter : IDisposable
{
    public const string Name = "Oms.Silo";

    private readonly Meter _meter;

    public SiloMeter(IMeterFactory meters, FeedState state, TimeProvider time)
    {
        _meter = meters.Create(Name);
        Gauge("oms.silo.feeding", () => state.IsFeeding ? 1 : 0, null, "1 where it feeds, 0 where it stands by.");
        Gauge(
            "oms.silo.feed.lag", () => state.LagEvents, "{event}", "Events that are not in every sink yet.");
        Gauge(
            "oms.silo.feed.lag.time",
            () => LagSeconds(state, time),
            "s",
            "The age of the last event that is in every sink, while there are later ones.");
        Gauge(
            "oms.silo.feed.failing",
            () => state.Failure.Length > 0 ? 1 : 0,
            null,
            "1 while a sink does not take events.");
        Gauge("oms.silo.lease.token", () => state.LeaseToken, null, "The fencing token of the feed; 0 for none.");
        _ = _meter.CreateObservableCounter(
            "oms.silo.feed.events", () => state.EventsDelivered, "{event}", "Events brought into every sink.");
    }

    public void Dispose() => _meter.Dispose();

    private void Gauge(string name, Func<double> value, string? unit, string description) =>
        _ = _meter.CreateObservableGauge(name, value, unit, description);

    private static double LagSeconds(FeedState state, TimeProvider time) => state.LagEvents == 0
        ? 0
        : Math.Max(0, UnixNanos.Of(time.GetUtcNow()).Value - state.LastDeliveredUnixNanos)
            / (double)UnixNanos.PerSecond;
}
