using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;

namespace Oms.ExchangeSimulator.Tests;

/// <summary>The real program on a free port; it ends with the test, by its own id.</summary>
internal sealed class SimulatorProcess : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public const string HmacKey = "hmac-key";
    public const string HmacSecret = "hmac-secret";
    public const string Ed25519Key = "ed25519-key";

    private readonly Process _process;

    private SimulatorProcess(Process process, Uri address)
    {
        _process = process;
        Rest = new HttpClient { BaseAddress = address, Timeout = Patience };
    }

    public HttpClient Rest { get; }

    public static string WriteAccounts(string directory)
    {
        string path = Path.Combine(directory, "accounts.json");
        File.WriteAllText(path, $$$"""
            {"accounts":[
              {"name":"hmac","api_key":"{{{HmacKey}}}","secret_key":"{{{HmacSecret}}}","permissions":["SPOT","FUTURES"],
               "balances":{"USDT":"50000","BTC":"1"},"futures_balances":{"USDT":"50000"}},
              {"name":"ed","api_key":"{{{Ed25519Key}}}",
               "public_key_pem":{{{JsonSerializer.Serialize(TestKeys.PublicPem)}}},
               "permissions":["SPOT"],"balances":{"USDT":"50000","BTC":"1"}}]}
            """);
        return path;
    }

    /// <summary>Starts and waits until it is ready.</summary>
    public static async Task<SimulatorProcess> StartAsync(string directory, params string[] more)
    {
        Process process = Launch(
        [
            "--port", "0", "--accounts", WriteAccounts(directory), "--data", Path.Combine(directory, "data"),
            .. more,
        ]);
        SimulatorProcess? started = null;
        try
        {
            using CancellationTokenSource deadline = new(Patience);
            const string Sign = "listening on ";
            string line = "";
            while (!line.StartsWith(Sign, StringComparison.Ordinal))
            {
                line = await process.StandardOutput.ReadLineAsync(deadline.Token)
                    ?? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync());
            }

            started = new SimulatorProcess(process, new Uri(line[Sign.Length..]));
            await started.BecomeReadyAsync(deadline.Token);
            return started;
        }
        catch
        {
            process.Kill();
            throw;
        }
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, string Error)> RunAsync(params string[] arguments)
    {
        using Process process = Launch(arguments);
        using CancellationTokenSource deadline = new(Patience);
        try
        {
            string error = await process.StandardError.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return (process.ExitCode, error);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    public async Task<ClientWebSocket> ConnectAsync(string path)
    {
        ClientWebSocket socket = new();
        using CancellationTokenSource deadline = new(Patience);
        Uri address = Rest.BaseAddress ?? throw new InvalidOperationException();
        await socket.ConnectAsync(new Uri($"ws://{address.Authority}{path}"), deadline.Token);
        return socket;
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Sends SIGTERM and tells how long it took to end.</summary>
    public async Task<TimeSpan> TerminateAsync()
    {
        long start = Stopwatch.GetTimestamp();
        using Process kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        using CancellationTokenSource deadline = new(Patience);
        await _process.WaitForExitAsync(deadline.Token);
        return Stopwatch.GetElapsedTime(start);
    }

    public async ValueTask DisposeAsync()
    {
        Rest.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static Process Launch(IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new("dotnet")
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Oms.ExchangeSimulator.dll"));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start) ?? throw new InvalidOperationException("dotnet does not start");
    }

    private async Task BecomeReadyAsync(CancellationToken deadline)
    {
        using PeriodicTimer poll = new(TimeSpan.FromMilliseconds(20));
        while (!(await Rest.GetAsync("/sim/ready", deadline)).IsSuccessStatusCode)
        {
            _ = await poll.WaitForNextTickAsync(deadline);
        }
    }
}
