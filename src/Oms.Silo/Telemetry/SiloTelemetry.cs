using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Oms.Domain.Configuration;
using Orleans.Dashboard;
using Orleans.JetStream;

namespace Oms.Silo.Telemetry;

/// <summary>
/// What Orleans, NATS and the feed measure, for Prometheus on the loopback and for a collector by OTLP: each where
/// configuration says so.
/// </summary>
internal static class SiloTelemetry
{
    private const int PerMillion = 1_000_000;

    /// <summary>Of the sources of Orleans, those of calls and of storage: others trace each timer.</summary>
    public static readonly string[] Sources =
    [
        "Microsoft.Orleans.Application", "Microsoft.Orleans.Storage", JetStreamTelemetry.ActivitySourceName, "NATS.Net",
    ];

    public static readonly string[] Meters =
        [SiloMeter.Name, "Microsoft.Orleans", JetStreamTelemetry.MeterName, "NATS.Net", "System.Runtime"];

    /// <param name="number">Of this silo in its deployment: each has a port of its own.</param>
    public static void Add(IServiceCollection services, TelemetryConfiguration configuration, int number)
    {
        _ = services.AddSingleton<SiloMeter>();
        OpenTelemetryBuilder telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("oms-silo"))
            .WithMetrics(metrics => Add(metrics, configuration, number));
        if (configuration.OtlpEndpoint is { } collector)
        {
            _ = telemetry.WithTracing(traces => traces
                .AddSource(Sources)
                .SetSampler(new ParentBasedSampler(
                    new TraceIdRatioBasedSampler((double)configuration.TracesPerMillion / PerMillion)))
                .AddOtlpExporter(exporter =>
                {
                    exporter.Endpoint = collector;
                    exporter.BatchExportProcessorOptions.ScheduledDelayMilliseconds =
                        (int)configuration.OtlpInterval.TotalMilliseconds;
                }));
        }
    }

    /// <summary>What Orleans' dashboard is made of, which watches every call: only where it is wanted.</summary>
    public static ISiloBuilder Configure(this ISiloBuilder silo, TelemetryConfiguration configuration) =>
        configuration.HasOrleansDashboard ? silo.AddDashboard(options => options.HideTrace = true) : silo;

    private static void Add(MeterProviderBuilder metrics, TelemetryConfiguration configuration, int number)
    {
        _ = metrics.AddMeter(Meters);
        if (configuration.SiloMetricsPort is { } port)
        {
            _ = metrics.AddPrometheusHttpListener(listener =>
            {
                (listener.Host, listener.Port) = ("127.0.0.1", port + number);
                listener.ScopeInfoEnabled = false;
            });
        }

        if (configuration.OtlpEndpoint is { } endpoint)
        {
            _ = metrics.AddOtlpExporter((exporter, reader) =>
            {
                exporter.Endpoint = endpoint;
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds =
                    (int)configuration.OtlpInterval.TotalMilliseconds;
            });
        }
    }
}
