using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Grpc.HealthCheck;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Oms.Domain.Configuration;
using Oms.Gateway.Access;
using Oms.Gateway.Api;
using Oms.Gateway.Commands;
using Oms.Gateway.Events;
using Oms.Gateway.Grains;
using Oms.Gateway.Health;
using Oms.Gateway.Listings;
using Oms.SharedMemory.Health;
using Serilog;

namespace Oms.Gateway;

/// <summary>The gRPC server: TLS 1.3 on the loopback, every call through the access rules.</summary>
internal static class GatewayServer
{
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan BeatInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan KeepAliveDelay = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan KeepAliveTimeout = TimeSpan.FromSeconds(20);

    /// <summary>The server's certificate and key.</summary>
    /// <exception cref="InvalidDataException">They are not there, or are none.</exception>
    public static X509Certificate2 LoadCertificate(DataFolder data)
    {
        string certificate = Path.Combine(data.Tls, "server.crt");
        try
        {
            return X509Certificate2.CreateFromPemFile(certificate, Path.Combine(data.Tls, "server.key"));
        }
        catch (Exception exception)
            when (exception is IOException or System.Security.Cryptography.CryptographicException)
        {
            throw new InvalidDataException($"{certificate}: {exception.Message}", exception);
        }
    }

    public static WebApplication Build(
        DeploymentConfiguration deployment,
        X509Certificate2 certificate,
        DataFolder data,
        IdentityRegister identities,
        RegionAttachment attachment,
        HealthFile health,
        Serilog.ILogger log)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(
            new() { ApplicationName = "Oms.Gateway" });
        _ = builder.WebHost.UseKestrelCore();
        _ = builder.WebHost.UseKestrelHttpsConfiguration();
        _ = builder.WebHost.ConfigureKestrel(kestrel => Configure(kestrel, deployment.GatewayPort, certificate));
        _ = builder.Services
            .AddSerilog(log)
            .Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout)
            .AddSingleton(TimeProvider.System)
            .AddSingleton(data)
            .AddSingleton(identities)
            .AddSingleton(health)
            .AddSingleton(attachment.State)
            .AddSingleton(new ListingNames(attachment.Directory))
            .AddSingleton(new PendingReplies(GatewayLimits.RepliesPendingMax))
            .AddSingleton(services => new CommandRing(
                attachment.Commands, services.GetRequiredService<PendingReplies>()))
            .AddSingleton(services => new EventPump(
                attachment.Events,
                data.Log,
                deployment.Log.Durability == Durability.Disk,
                services.GetRequiredService<GatewayViews>(),
                services.GetRequiredService<PendingReplies>()))
            .AddSingleton<CommandDesk>()
            .AddSingleton<GatewayViews>()
            .AddSingleton<ContractMapping>()
            .AddSingleton<OrderIntake>()
            .AddSingleton<ExecutionStreams>()
            .AddSingleton(deployment)
            .AddSingleton<GrainLink>()
            .AddHostedService(services => services.GetRequiredService<GrainLink>())
            .AddSingleton<HealthServiceImpl>()
            .AddHostedService<HealthReporter>();
        _ = builder.Services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = GatewayLimits.RequestBytesMax;
            grpc.Interceptors.Add<AccessInterceptor>();
        });
        WebApplication server = builder.Build();
        _ = server.MapGrpcService<OrderService>();
        _ = server.MapGrpcService<AccountService>();
        _ = server.MapGrpcService<PositionService>();
        _ = server.MapGrpcService<MarketDataService>();
        _ = server.MapGrpcService<FirmService>();
        _ = server.MapGrpcService<HealthServiceImpl>();
        return server;
    }

    /// <summary>Returns once the views hold everything that stood in the log.</summary>
    public static async Task AwaitCaughtUp(EventPump events, HealthFile health)
    {
        while (!events.CaughtUp.IsCompleted)
        {
            health.Beat();
            _ = await Task.WhenAny(events.CaughtUp, Task.Delay(BeatInterval));
        }
    }

    private static void Configure(KestrelServerOptions kestrel, int port, X509Certificate2 certificate)
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
            listen.Protocols = HttpProtocols.Http2;
            _ = listen.UseHttps(new HttpsConnectionAdapterOptions
            {
                SslProtocols = SslProtocols.Tls13,
                ServerCertificate = certificate,
                ClientCertificateMode = ClientCertificateMode.AllowCertificate,
                // A certificate proves a key; whether that key may call is in the identities, by fingerprint.
                ClientCertificateValidation = (_, _, _) => true,
            });
        });
    }
}
