using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Oms.Cli.Preparation;
using Oms.Configuration;
using Oms.Domain.Configuration;

namespace Oms.Cli.Trading;

/// <summary>A connection to the gateway of a deployment as its operator.</summary>
internal sealed class GatewayConnection : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    private readonly GrpcChannel _channel;

    private GatewayConnection(string address, string token, X509ChainPolicy trust)
    {
        var handler = new SocketsHttpHandler { ConnectTimeout = ConnectTimeout };
        handler.SslOptions.CertificateChainPolicy = trust;
        _channel = GrpcChannel.ForAddress(address, new() { HttpHandler = handler, DisposeHttpClient = true });
        CallInvoker calls = _channel.CreateCallInvoker().Intercept(headers =>
        {
            headers.Add("authorization", $"Bearer {token}");
            return headers;
        });
        Address = address;
        Orders = new(calls);
        Accounts = new(calls);
        Positions = new(calls);
        Firm = new(calls);
        Admin = new(calls);
    }

    public string Address { get; }

    public V1.OrderService.OrderServiceClient Orders { get; }

    public V1.AccountService.AccountServiceClient Accounts { get; }

    public V1.PositionService.PositionServiceClient Positions { get; }

    public V1.FirmService.FirmServiceClient Firm { get; }

    public V1.AdminService.AdminServiceClient Admin { get; }

    /// <summary>When a call that begins now is given up.</summary>
    public static DateTime Deadline => TimeProvider.System.GetUtcNow().UtcDateTime + AnswerTimeout;

    /// <summary>
    /// Where the gateway listens is in the configuration; whom to trust and who we are, in the data folder.
    /// </summary>
    /// <exception cref="RefusedException">The data folder holds no token or certificate: it was never
    /// started.</exception>
    public static GatewayConnection Open(string configs, DataFolder data)
    {
        int port = ConfigurationFolder.Load(configs).Deployment.GatewayPort;
        try
        {
            string token = File.ReadAllText(data.OperatorTokenFile).Trim();
            var trust = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            _ = trust.CustomTrustStore.Add(
                X509CertificateLoader.LoadCertificateFromFile(Certificates.AuthorityFile(data)));
            return new($"https://127.0.0.1:{port}", token, trust);
        }
        catch (Exception exception)
            when (exception is FileNotFoundException or DirectoryNotFoundException or CryptographicException)
        {
            throw new RefusedException($"no token and certificate in {data.Path}: `oms up` makes them");
        }
    }

    public void Dispose() => _channel.Dispose();
}
