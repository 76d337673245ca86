using System.Net;
using System.Security.Authentication;
using Grpc.HealthCheck;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Oms.Domain.Configuration;
using Oms.Gateway.Access;
using Oms.Gateway.Api;
using Oms.Gateway.Audit;
using Oms.Gateway.Commands;
using Oms.Gateway.Dashboard;
using Oms.Gateway.Events;
using Oms.Gateway.Grains;
using Oms.Gateway.Health;
using Oms.Gateway.Listings;
using Oms.Gateway.Metrics;
using Oms.Gateway.Traces;
using Oms.SharedMemory.Health;
using Serilog;

namespace Oms.Gateway;

/// <summary>The gRPC server: TLS 1.3 on the loopback, every call through the access rules.</summary>
internal static class GatewayServer
{
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan KeepAliveDelay = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan KeepAliveTimeout = TimeSpan.FromSeconds(20);

    public static WebApplication Build(GatewayParts parts)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(
            new() { ApplicationName = "Oms.Gateway" });
        _ = builder.WebHost.UseKestrelCore();
        _ = builder.WebHost.UseKestrelHttpsConfiguration();
        _ = builder.WebHost.UseStaticWebAssets();
        _ = builder.WebHost.ConfigureKestrel(kestrel =>
            Configure(kestrel, parts.Configuration.Deployment.GatewayPort, parts.Certificate));
        AddParts(builder.Services, parts);
        AddServices(builder.Services, parts);
        _ = builder.Services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = GatewayLimits.RequestBytesMax;
            grpc.Interceptors.Add<AccessInterceptor>();
        });
        _ = builder.Services.AddGrpcReflection();
        GatewayTelemetry.Add(builder.Services, parts.Configuration.Deployment.Telemetry);
        DashboardEndpoints.Add(builder.Services);
        WebApplication server = builder.Build();
        _ = server.UseRouting();
        MetricsEndpoint.Use(server);
        OrleansDashboard.Use(server);
        DashboardEndpoints.Map(server);
        HealthEndpoints.Map(
            server, server.Services.GetRequiredService<HealthBoard>(), parts.Identities,
            server.Services.GetRequiredService<ListingNames>());
        _ = server.MapGrpcService<OrderService>();
        _ = server.MapGrpcService<AccountService>();
        _ = server.MapGrpcService<PositionService>();
        _ = server.MapGrpcService<MarketDataService>();
        _ = server.MapGrpcService<RiskService>();
        _ = server.MapGrpcService<AdminService>();
        _ = server.MapGrpcService<FirmService>();
        _ = server.MapGrpcService<HealthServiceImpl>();
        _ = server.MapGrpcReflectionService();
        return server;
    }

    /// <summary>Returns once the views hold everything that stood in the log.</summary>
    public static async Task AwaitCaughtUp(EventPump events, HealthFile health)
    {
        await using IAsyncDisposable beating = health.KeepBeating(TimeProvider.System);
        await events.CaughtUp;
    }

    private static void AddParts(IServiceCollection services, GatewayParts parts) => _ = services
        .AddSerilog(parts.Log)
        .Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout)
        .AddSingleton(TimeProvider.System)
        .AddSingleton(parts.Configuration)
        .AddSingleton(parts.Configuration.Deployment)
        .AddSingleton(parts.Configuration.Deployment.Gateway)
        .AddSingleton(parts.Data)
        .AddSingleton(parts.Identities)
        .AddSingleton(parts.Certificate)
        .AddSingleton(parts.Audit)
        .AddSingleton(parts.Health)
        .AddSingleton(parts.Level)
        .AddSingleton(parts.Attachment.Region)
        .AddSingleton(parts.Attachment.State)
        .AddSingleton(new ListingNames(parts.Attachment.Directory))
        .AddSingleton(new PendingReplies(GatewayLimits.RepliesPendingMax));

    private static void AddServices(IServiceCollection services, GatewayParts parts) => _ = services
        .AddSingleton(provider => new CommandRing(
            parts.Attachment.Commands, provider.GetRequiredService<PendingReplies>()))
        .AddSingleton(provider => new EventPump(
            parts.Attachment.Events,
            parts.Data.Log,
            parts.Configuration.Deployment.Log.Durability == Durability.Disk,
            provider.GetRequiredService<GatewayViews>(),
            provider.GetRequiredService<PendingReplies>(),
            provider.GetRequiredService<OrderTraces>()))
        .AddSingleton<CommandDesk>()
        .AddSingleton<GatewayViews>()
        .AddSingleton<ContractMapping>()
        .AddSingleton<RateLimits>()
        .AddSingleton<OrderIntake>()
        .AddSingleton<CommandIntake>()
        .AddSingleton<CommandBatches>()
        .AddSingleton<CommandStreams>()
        .AddSingleton<OrderLists>()
        .AddSingleton<TransferCalls>()
        .AddSingleton<ReconcileCalls>()
        .AddSingleton<ExecutionStreams>()
        .AddSingleton<Conflation>()
        .AddSingleton<TopsOfBook>()
        .AddSingleton<Books>()
        .AddSingleton<HaltBoard>()
        .AddSingleton<Halting>()
        .AddSingleton<LimitBoard>()
        .AddSingleton<PnlBoard>()
        .AddSingleton<ProcessBoard>()
        .AddSingleton<HealthBoard>()
        .AddSingleton<HealthServiceImpl>()
        .AddSingleton<GrainLink>()
        .AddHostedService(provider => provider.GetRequiredService<GrainLink>())
        .AddSingleton<AuditTrail>()
        .AddHostedService(provider => provider.GetRequiredService<AuditTrail>())
        .AddHostedService<CredentialReload>()
        .AddHostedService<HealthReporter>();

    private static void Configure(KestrelServerOptions kestrel, int port, ServerCertificate certificate)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = GatewayLimits.ConnectionsMax;
        kestrel.Limits.MaxRequestBodySize = null;
        // A stream that is read too slowly is ended with that reason, by what queues up; not cut off without one.
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.Http2.MaxStreamsPerConnection = GatewayLimits.StreamsPerConnectionMax;
        kestrel.Limits.Http2.KeepAlivePingDelay = KeepAliveDelay;
        kestrel.Limits.Http2.KeepAlivePingTimeout = KeepAliveTimeout;
        kestrel.Listen(IPAddress.Loopback, port, listen =>
        {
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            _ = listen.UseHttps(new HttpsConnectionAdapterOptions
            {
                SslProtocols = SslProtocols.Tls13,
                ServerCertificateSelector = (_, _) => certificate.Current,
                ClientCertificateMode = ClientCertificateMode.AllowCertificate,
                // A certificate proves a key; whether that key may call is in the identities, by fingerprint.
                ClientCertificateValidation = (_, _, _) => true,
            });
        });
    }
}
