using System.Diagnostics;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Grpc.Core;
using Grpc.Net.Client;
using NATS.Client.Core;
using Oms.Domain.Configuration;
using Oms.Testing;

namespace Oms.EndToEnd;

/// <summary>
/// A whole system of its own: real processes, free ports, a temporary data folder. Gone after use.
/// </summary>
public sealed class Deployment : IAsyncLifetime
{
    public static readonly TimeSpan ReadyDeadline = TimeSpan.FromSeconds(90);

    private readonly TemporaryFolder _folder = new("deployment");
    private readonly HttpClient _judge = new();
    private readonly Lazy<GrpcChannel> _channel;

    public Deployment()
        : this(_ => { })
    {
    }

    /// <param name="configure">Changes the configuration in the folder that it is given, before the start.</param>
    internal Deployment(Action<string> configure)
    {
        Configs = DeploymentConfigs.Write(_folder["configs"], recvWindowMs: 2000);
        configure(Configs.Folder);
        Data = new DataFolder(_folder["data"]);
        _channel = new(OpenChannel);
    }

    internal DeploymentConfigs Configs { get; }

    internal DataFolder Data { get; }

    private Uri FaultsUri => new($"http://127.0.0.1:{Configs.SimulatorPort}/sim/faults");

    /// <summary>A channel to the gateway with the operator's token.</summary>
    internal GrpcChannel Channel => _channel.Value;

    public async ValueTask InitializeAsync() =>
        _ = (await Oms("up", "--detach")).Expect(0);

    /// <summary>Runs the command line against this deployment.</summary>
    internal Task<CommandResult> Oms(params IEnumerable<string> arguments) =>
        RunAsync(Checkout.OmsExecutable, [.. arguments, "--configs", Configs.Folder, "--data", Data.Path]);

    /// <summary>Starts the command line and leaves it running; it ends by itself.</summary>
    internal Process StartOms(params IEnumerable<string> arguments) =>
        Start(Checkout.OmsExecutable, [.. arguments, "--configs", Configs.Folder, "--data", Data.Path]);

    /// <summary>What <c>oms status</c> says of each process, by name.</summary>
    internal async Task<IReadOnlyDictionary<string, JsonElement>> StatusAsync() =>
        (await Oms("status", "--json")).Json.ToDictionary(line => line.GetProperty("name").GetString()!);

    internal async Task<int> PidOfAsync(string process) =>
        (await StatusAsync())[process].GetProperty("pid").GetInt32();

    /// <summary>Ends a process as a crash does. The supervisor is to bring it back.</summary>
    internal async Task<int> KillAsync(string process)
    {
        int pid = await PidOfAsync(process);
        Kill(pid);
        return pid;
    }

    /// <summary>Ends a process as a crash does; false where it is not ready.</summary>
    internal async Task<bool> TryKillAsync(string process)
    {
        JsonElement row = (await StatusAsync())[process];
        bool isReady = row.GetProperty("state").GetString() == "ready";
        if (isReady)
        {
            Kill(row.GetProperty("pid").GetInt32());
        }

        return isReady;
    }

    internal async Task<bool> AllReadyAsync() =>
        (await StatusAsync()).Values.All(row => row.GetProperty("state").GetString() == "ready");

    /// <summary>What all processes together keep in memory, in MB of 10^6 bytes: of what several share, each its part.
    /// </summary>
    internal async Task<long> MemoryAsync() =>
        (await StatusAsync()).Values.Sum(row => ProportionalBytes(row.GetProperty("pid").GetInt32())) / 1_000_000;

    /// <summary>Pss of <c>/proc/PID/smaps_rollup</c>.</summary>
    private static long ProportionalBytes(int pid) => 1024 * File.ReadLines($"/proc/{pid}/smaps_rollup")
        .Where(line => line.StartsWith("Pss:", StringComparison.Ordinal))
        .Select(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]))
        .Single();

    /// <summary>False also where nobody answers.</summary>
    internal static async Task<bool> PassingAsync(Func<Task<bool>> condition)
    {
        try
        {
            return await condition();
        }
        catch (RpcException)
        {
            return false;
        }
    }

    internal static void Kill(int pid)
    {
        using var process = Process.GetProcessById(pid);
        process.Kill();
    }

    /// <summary>Waits until every process is ready, the killed one under another pid.</summary>
    internal Task ReadyAgainAsync(string process, int deadPid) => Eventually.True(
        async () =>
        {
            IReadOnlyDictionary<string, JsonElement> status = await StatusAsync();
            return status.Values.All(row => row.GetProperty("state").GetString() == "ready")
                && status[process].GetProperty("pid").GetInt32() != deadPid;
        },
        ReadyDeadline,
        $"{process} is ready again");

    /// <summary>The exchange's own truth.</summary>
    internal async Task<SimulatorLedger> LedgerAsync() =>
        SimulatorLedger.Parse(await _judge.GetStringAsync(
            new Uri($"http://127.0.0.1:{Configs.SimulatorPort}/sim/ledger")));

    /// <param name="path">Of the calls that it strikes; null for any that it may.</param>
    /// <param name="percent">How many in a hundred of them it strikes.</param>
    internal async Task FaultAsync(string kind, int count, string? path = null, int percent = 100)
    {
        string where = path is null ? "" : $",\"path\":\"{path}\"";
        _ = await FaultAsync($$"""{"kind":"{{kind}}","count":{{count}},"percent":{{percent}}{{where}}}""");
    }

    /// <param name="fault">In the exchange simulator's JSON.</param>
    /// <returns>False where it finds nothing to strike.</returns>
    internal async Task<bool> FaultAsync(string fault)
    {
        using var content = new StringContent(fault);
        using HttpResponseMessage response = await _judge.PostAsync(FaultsUri, content);
        string answer = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{fault}: {answer}");
        return answer != "nothing to strike\n";
    }

    /// <summary>The exchange behaves again.</summary>
    internal async Task ClearFaultsAsync()
    {
        using HttpResponseMessage response = await _judge.DeleteAsync(FaultsUri);
        _ = response.EnsureSuccessStatusCode();
    }

    /// <summary>A connection to the system's nats-server as its own user.</summary>
    internal async Task<NatsConnection> ConnectToNatsAsync() => new(new NatsOpts
    {
        Url = $"nats://127.0.0.1:{Configs.NatsPort}",
        AuthOpts = new NatsAuthOpts
        {
            Username = "oms",
            Password = (await File.ReadAllTextAsync(Data.NatsPasswordFile)).Trim(),
        },
    });

    /// <summary>Runs the script that a person types, against this deployment.</summary>
    internal Task<CommandResult> Script(params IEnumerable<string> arguments) =>
        RunAsync(Checkout.Script, [.. arguments, "--configs", Configs.Folder, "--data", Data.Path]);

    /// <summary>Starts the script and leaves it running; the caller ends it.</summary>
    internal Process StartScript(params IEnumerable<string> arguments) =>
        Start(Checkout.Script, [.. arguments, "--configs", Configs.Folder, "--data", Data.Path]);

    internal static async Task<CommandResult> RunAsync(
        string executable, IReadOnlyList<string> arguments)
    {
        using Process process = Start(executable, arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new(
            $"{Path.GetFileName(executable)} {string.Join(' ', arguments)}",
            process.ExitCode,
            await output,
            await errors);
    }

    private static Process Start(string executable, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(executable)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Checkout.Root,
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["OMS_HOME"] = Checkout.Root;
        start.Environment["OMS_MARKET_DATA"] = Checkout.MarketData ?? "";
        Process process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    public async ValueTask DisposeAsync()
    {
        if (_channel.IsValueCreated)
        {
            _channel.Value.Dispose();
        }

        CommandResult down = await Oms("down");
        _judge.Dispose();
        if (Environment.GetEnvironmentVariable("OMS_KEEP_DEPLOYMENTS") is not { Length: > 0 })
        {
            _folder.Dispose();
        }

        _ = down.Expect(0);
    }

    /// <summary>Something that speaks HTTP with the gateway, and is nobody there.</summary>
    internal HttpClient NewBrowser() => new(NewHandler())
    {
        BaseAddress = new Uri($"https://localhost:{Configs.GatewayPort}"),
    };

    private SocketsHttpHandler NewHandler()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        _ = policy.CustomTrustStore.Add(
            X509CertificateLoader.LoadCertificateFromFile(Path.Combine(Data.Tls, "ca.crt")));
        return new() { SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy } };
    }

    private GrpcChannel OpenChannel()
    {
        string token = File.ReadAllText(Data.OperatorTokenFile).Trim();
        var credentials = CallCredentials.FromInterceptor((_, metadata) =>
        {
            metadata.Add("authorization", $"Bearer {token}");
            return Task.CompletedTask;
        });
        return GrpcChannel.ForAddress($"https://localhost:{Configs.GatewayPort}", new GrpcChannelOptions
        {
            HttpHandler = NewHandler(),
            DisposeHttpClient = true,
            Credentials = ChannelCredentials.Create(ChannelCredentials.SecureSsl, credentials),
        });
    }
}
