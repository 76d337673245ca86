using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Net.Client;
using Oms.Bench.FastPath;
using Oms.Bench.Measuring;
using Oms.Domain.Configuration;
using Oms.SharedMemory.Health;
using Oms.SharedMemory.Regions;

namespace Oms.Bench.Gateway;

/// <summary>
/// A whole deployment as <c>oms up</c> starts it, every process of it, on ports of its own, with the accounts of the
/// internal exchange.
/// </summary>
internal sealed class GatewayDeployment : IDisposable
{
    private const string GatewayPort = "7443";

    private static readonly string[] UsualPorts = ["14222", "14223", GatewayPort, "18080"];

    private static readonly string Oms = Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "..", "..", "Oms.Cli", "release", "oms"));

    private readonly string _folder;
    private readonly string _configs;
    private readonly DataFolder _data;
    private readonly int _port;

    private GatewayDeployment(string folder)
    {
        _folder = folder;
        _configs = Path.Combine(folder, "configs");
        _data = new(Path.Combine(folder, "data"));
        BenchDeployment.WriteConfigs(_configs, Unhindered, live: 0);
        _port = MovePorts();
    }

    /// <exception cref="InvalidOperationException">It does not start.</exception>
    public static GatewayDeployment Start(string folder)
    {
        _ = Directory.CreateDirectory(folder);
        var deployment = new GatewayDeployment(folder);
        try
        {
            deployment.Run("up", "--detach");
            return deployment;
        }
        catch
        {
            deployment.Dispose();
            throw;
        }
    }

    public int GatewayPid => HealthFile.Read(SharedRegion.ForDataFolder(_data.Path), "gateway")!.Pid;

    /// <summary>A connection of its own, as the operator.</summary>
    public GrpcChannel Connect()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificateFromFile(Path.Combine(_data.Tls, "ca.crt")));
        var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = policy;
        string token = File.ReadAllText(_data.OperatorTokenFile).Trim();
        var identity = CallCredentials.FromInterceptor((_, metadata) =>
        {
            metadata.Add("authorization", $"Bearer {token}");
            return Task.CompletedTask;
        });
        return GrpcChannel.ForAddress($"https://127.0.0.1:{_port}", new()
        {
            HttpHandler = handler,
            DisposeHttpClient = true,
            Credentials = ChannelCredentials.Create(ChannelCredentials.SecureSsl, identity),
        });
    }

    public void Dispose()
    {
        Run("down");
        Directory.Delete(_folder, recursive: true);
    }

    private static string Unhindered(string deployment) => deployment
        .Replace("client_calls_per_second: 20000", "client_calls_per_second: 10000000", StringComparison.Ordinal)
        .Replace(
            "account_commands_per_second: 10000", "account_commands_per_second: 10000000", StringComparison.Ordinal);

    /// <summary>Puts free ports in place of the usual ones, wherever they are named; the gateway's.</summary>
    private int MovePorts()
    {
        Dictionary<string, string> ports = UsualPorts.ToDictionary(
            port => port, _ => Loopback.FreePort().ToString(CultureInfo.InvariantCulture));
        foreach (string file in Directory.GetFiles(_configs))
        {
            string text = ports.Aggregate(
                File.ReadAllText(file),
                (changed, port) => changed.Replace(":" + port.Key, ":" + port.Value, StringComparison.Ordinal)
                    .Replace("port: " + port.Key, "port: " + port.Value, StringComparison.Ordinal));
            File.WriteAllText(file, text);
        }

        return int.Parse(ports[GatewayPort], CultureInfo.InvariantCulture);
    }

    private void Run(params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(
            Oms, [.. arguments, "--configs", _configs, "--data", _data.Path])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"oms {string.Join(' ', arguments)}: {errors}");
        }

        _ = output;
    }
}
