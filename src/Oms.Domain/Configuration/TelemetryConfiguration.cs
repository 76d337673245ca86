namespace Oms.Domain.Configuration;

/// <summary>Where what processes measure can be had, beside the gateway's <c>/metrics</c>.</summary>
public sealed record TelemetryConfiguration
{
    /// <summary>
    /// Where a silo shows its metrics to Prometheus, on the loopback; a silo that joined is at this plus its number.
    /// Null for nowhere.
    /// </summary>
    public int? SiloMetricsPort { get; init; }

    /// <summary>Whether the gateway serves Orleans' own dashboard.</summary>
    public bool HasOrleansDashboard { get; init; }

    /// <summary>
    /// Of a million calls that come without a trace, so many are traced; where the caller traces, it decides.
    /// </summary>
    public int TracesPerMillion { get; init; } = 10_000;

    /// <summary>How often the collector is told.</summary>
    public TimeSpan OtlpInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A collector of OpenTelemetry that takes OTLP over gRPC; null for none.</summary>
    public Uri? OtlpEndpoint { get; init; }
}
