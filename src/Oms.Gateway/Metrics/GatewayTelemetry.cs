using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Oms.Domain.Configuration;
using Oms.Gateway.Traces;

namespace Oms.Gateway.Metrics;

/// <summary>
/// What the gateway measures, for <c>/metrics</c>; and with the traces of calls and orders for a collector by OTLP,
/// where configuration names one.
/// </summary>
internal static class GatewayTelemetry
{
    private const int PerMillion = 1_000_000;

    /// <summary>More than this many label sets of one metric are not told.</summary>
    private const int LabelSetsMax = 20_000;

    private static readonly string[] Meters =
        [OmsMeter.Name, OmsMeter.Name + ".FastPath", "System.Runtime", "Microsoft.AspNetCore.Server.Kestrel"];

    public static void Add(IServiceCollection services, TelemetryConfiguration configuration)
    {
        _ = services
            .AddSingleton<OmsMeter>()
            .AddSingleton<FastPathMeter>()
            .AddSingleton<OrderTraces>()
            .AddHostedService<OrderTraceWriter>();
        OpenTelemetryBuilder telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("oms-gateway"))
            .WithMetrics(metrics =>
            {
                _ = metrics
                    .AddMeter(Meters)
                    .AddView(instrument => instrument.Meter.Name == OmsMeter.Name
                        ? new MetricStreamConfiguration { CardinalityLimit = LabelSetsMax }
                        : null)
                    .AddPrometheusExporter(exporter => exporter.ScopeInfoEnabled = false);
                if (configuration.OtlpEndpoint is { } endpoint)
                {
                    _ = metrics.AddOtlpExporter((exporter, reader) =>
                    {
                        exporter.Endpoint = endpoint;
                        reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds =
                            (int)configuration.OtlpInterval.TotalMilliseconds;
                    });
                }
            });
        if (configuration.OtlpEndpoint is { } collector)
        {
            var own = new TraceIdRatioBasedSampler((double)configuration.TracesPerMillion / PerMillion);
            _ = telemetry.WithTracing(traces => traces
                .AddSource(CallTraces.SourceName)
                .SetSampler(new ParentBasedSampler(own))
                .AddOtlpExporter(exporter =>
                {
                    exporter.Endpoint = collector;
                    exporter.BatchExportProcessorOptions.ScheduledDelayMilliseconds =
                        (int)configuration.OtlpInterval.TotalMilliseconds;
                }));
        }
    }
}
