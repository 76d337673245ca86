using System.Collections.Concurrent;
using System.Net;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Oms.Otlp.Testing.Wire;

namespace Oms.Otlp.Testing;

/// <summary>A collector of OpenTelemetry on the loopback, by OTLP over gRPC, that keeps what it is told.</summary>
public sealed class OtlpCollector : IAsyncDisposable
{
    private readonly WebApplication _server;

    private OtlpCollector(WebApplication server) => _server = server;

    public Uri Endpoint => new(_server.Urls.Single());

    /// <summary>All spans so far, as they came.</summary>
    public IReadOnlyCollection<CollectedSpan> Spans => _server.Services.GetRequiredService<Kept>().Spans;

    /// <summary>The names of all metrics so far.</summary>
    public ICollection<string> Metrics => _server.Services.GetRequiredService<Kept>().Metrics.Keys;

    public static async Task<OtlpCollector> Start()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        _ = builder.WebHost.UseKestrelCore();
        _ = builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        _ = builder.Services.AddRouting().AddSingleton<Kept>().AddGrpc();
        WebApplication server = builder.Build();
        _ = server.UseRouting();
        _ = server.MapGrpcService<Traces>();
        _ = server.MapGrpcService<Measurements>();
        await server.StartAsync();
        return new(server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private sealed class Kept
    {
        public ConcurrentQueue<CollectedSpan> Spans { get; } = new();

        public ConcurrentDictionary<string, bool> Metrics { get; } = new();
    }

    private sealed class Traces(Kept kept) : TraceService.TraceServiceBase
    {
        public override Task<ExportTraceServiceResponse> Export(
            ExportTraceServiceRequest request, ServerCallContext context)
        {
            foreach (ResourceSpans resource in request.ResourceSpans)
            {
                foreach (Span span in resource.ScopeSpans.SelectMany(scope => scope.Spans))
                {
                    kept.Spans.Enqueue(CollectedSpan.Of(span, resource.Resource));
                }
            }

            return Task.FromResult(new ExportTraceServiceResponse());
        }
    }

    private sealed class Measurements(Kept kept) : MetricsService.MetricsServiceBase
    {
        public override Task<ExportMetricsServiceResponse> Export(
            ExportMetricsServiceRequest request, ServerCallContext context)
        {
            foreach (Metric metric in request.ResourceMetrics
                .SelectMany(resource => resource.ScopeMetrics).SelectMany(scope => scope.Metrics))
            {
                kept.Metrics[metric.Name] = true;
            }

            return Task.FromResult(new ExportMetricsServiceResponse());
        }
    }
}
