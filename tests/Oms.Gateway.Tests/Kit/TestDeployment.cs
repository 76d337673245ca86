using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Grpc.Core;
using Grpc.Net.Client;
using Oms.Domain.Configuration;
using Oms.SharedMemory.Health;
using Oms.SharedMemory.Regions;
using Oms.Testing;

namespace Oms.Gateway.Tests.Kit;

/// <summary>A gateway process of its own, with a folder, a port and a scripted FastPath of its own.</summary>
internal sealed class TestDeployment : IAsyncDisposable
{
    public const string OperatorToken = "operator-token";
    public const string SpotReaderToken = "reads the spot account only";
    public const string SpotTraderToken = "trades and administers the spot account only";
    public const string NobodyToken = "known and granted nothing";

    /// <summary>Where the build put it: beside it are the files that the dashboard is made of.</summary>
    private static readonly string Executable = Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "..", "..", "Oms.Gateway", "release", "Oms.Gateway"));

    private readonly string _root = Directory.CreateTempSubdirectory("oms-gateway-").FullName;
    private readonly StringBuilder _errors = new();
    private readonly List<GrpcChannel> _channels = [];
    private Process? _process;

    public TestDeployment(int ringBytes = 1 << 20)
    {
        Data = new(Path.Combine(_root, "data"));
        Configs = Path.Combine(_root, "configs");
        Port = Loopback.FreePort();
        CopyConfigs();
        TestTls.Write(Data.Tls);
        WriteIdentities();
        File.WriteAllText(Data.OperatorTokenFile, OperatorToken + "\n");
        Region = SharedRegion.ForDataFolder(Data.Path);
        FastPath = new(Region, Data.Log, ringBytes);
    }

    public DataFolder Data { get; }

    public string Configs { get; }

    public int Port { get; }

    public SharedRegion Region { get; }

    public ScriptedFastPath FastPath { get; }

    /// <summary>Of the gateway that runs; it must.</summary>
    public int GatewayPid => _process is { HasExited: false } running
        ? running.Id
        : throw new InvalidOperationException($"the gateway has ended: {Errors}");

    public string Errors => _errors.ToString();

    public static async Task<TestDeployment> Started(int ringBytes = 1 << 20)
    {
        var deployment = new TestDeployment(ringBytes);
        try
        {
            await deployment.StartGateway();
            return deployment;
        }
        catch
        {
            await deployment.DisposeAsync();
            throw;
        }
    }

    public Process Launch(params string[] arguments)
    {
        var start = new ProcessStartInfo(Executable)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        string[] own = ["--configs", Configs, "--data", Data.Path];
        foreach (string argument in arguments.Length > 0 ? arguments : own)
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) => _errors.AppendLine(line.Data);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return process;
    }

    /// <summary>What a gateway that starts from now on measures goes to a collector.</summary>
    public void Trace(Uri collector, string ratio)
    {
        File.AppendAllText(
            Path.Combine(Configs, "deployment.yaml"),
            $"\ntelemetry:\n  otlp_endpoint: {collector}\n  otlp_interval_ms: 100\n  trace_ratio: {ratio}\n");
    }

    public async Task StartGateway()
    {
        _process = Launch();
        await Eventually.True(
            () => _process.HasExited
                || (HealthFile.Read(Region, "gateway") is { State: ProcessState.Ready } health
                    && health.Pid == _process.Id));
        Assert.False(_process.HasExited, Errors);
    }

    /// <summary>FastPath is heard again, and the gateway says so.</summary>
    public async Task HearFastPath()
    {
        FastPath.IsBeating = true;
        await Eventually.True(() => HealthFile.Read(Region, "gateway") is { State: ProcessState.Ready });
    }

    public async Task KillGateway()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Asks the gateway to end; its exit code.</summary>
    public async Task<int> TerminateGateway()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process!.Id}"]);
        await _process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token);
        int exitCode = _process.ExitCode;
        _process.Dispose();
        _process = null;
        return exitCode;
    }

    public CallInvoker Connect(string? token, bool withCertificate = false)
    {
        SocketsHttpHandler handler = Handler(withCertificate);
        var channel = GrpcChannel.ForAddress(
            $"https://127.0.0.1:{Port}", new() { HttpHandler = handler, DisposeHttpClient = true });
        _channels.Add(channel);
        return new TokenInvoker(channel.CreateCallInvoker(), token);
    }

    /// <summary>A client of what is no gRPC.</summary>
    public HttpClient Http(string? token = null)
    {
        var http = new HttpClient(Handler(withCertificate: false))
        {
            BaseAddress = new Uri($"https://127.0.0.1:{Port}"),
        };
        http.DefaultRequestHeaders.Authorization = token is null ? null : new("Bearer", token);
        return http;
    }

    /// <summary>Trusts the authority of this deployment, and no other.</summary>
    public X509ChainPolicy Trust()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.Add(
            X509CertificateLoader.LoadCertificateFromFile(Path.Combine(Data.Tls, "ca.crt")));
        return policy;
    }

    private SocketsHttpHandler Handler(bool withCertificate)
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = Trust();
        if (withCertificate)
        {
            handler.SslOptions.ClientCertificates =
            [
                X509Certificate2.CreateFromPemFile(
                    Path.Combine(Data.Tls, "client.crt"), Path.Combine(Data.Tls, "client.key")),
            ];
        }

        return handler;
    }

    public V1.OrderService.OrderServiceClient Orders(string token = OperatorToken) => new(Connect(token));

    public async ValueTask DisposeAsync()
    {
        foreach (GrpcChannel channel in _channels)
        {
            channel.Dispose();
        }

        if (_process is not null)
        {
            await KillGateway();
        }

        FastPath.Dispose();
        Region.Delete();
        Directory.Delete(_root, recursive: true);
    }

    private void CopyConfigs()
    {
        Directory.CreateDirectory(Configs);
        foreach (string file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "configs")))
        {
            string text = File.ReadAllText(file).Replace("port: 7443", $"port: {Port}");
            File.WriteAllText(Path.Combine(Configs, Path.GetFileName(file)), text);
        }
    }

    /// <summary>Writes who may call; a gateway that runs takes it over.</summary>
    public void WriteIdentities(bool withTrader = true, DateTimeOffset? traderExpires = null)
    {
        using X509Certificate2 client =
            X509CertificateLoader.LoadCertificateFromFile(Path.Combine(Data.Tls, "client.crt"));
        string fingerprint = Convert.ToHexStringLower(SHA256.HashData(client.RawData));
        string expires = traderExpires is { } end ? $",\"expires\":\"{end:O}\"" : "";
        string trader = !withTrader ? "" : $$"""
            {"name":"trader","tokens":[{"id":"t1","sha256":"{{Hash(SpotTraderToken)}}"{{expires}}}],
             "grants":[{"account":"binance/sub_spot_arb","rights":["read","trade","administer"]}]},
            """;
        string next = Data.IdentitiesFile + ".next";
        File.WriteAllText(next, $$"""
            {"identities":[
              {"name":"operator","token_sha256":"{{Hash(OperatorToken)}}",
               "certificate_sha256":"{{fingerprint}}",
               "grants":[{"account":"*","rights":["read","trade","transfer","administer"]}]},
              {{trader}}
              {"name":"reader","token_sha256":"{{Hash(SpotReaderToken)}}",
               "grants":[{"account":"binance/sub_spot_arb","rights":["read"]}]},
              {"name":"nobody","token_sha256":"{{Hash(NobodyToken)}}","grants":[]}
            ]}
            """);
        File.Move(next, Data.IdentitiesFile, overwrite: true);
    }

    private static string Hash(string token) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
