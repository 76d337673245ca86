using System.Diagnostics;
using System.Text.Json;
using Oms.Testing;

namespace Orleans.JetStream.Tests.Silo;

/// <summary>
/// A silo as a process of its own, configured by a file: JetStream for clustering, storage and reminders, and
/// nothing else.
/// </summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(30);

    private readonly ChildProcess _process;

    private SiloProcess(string name, ChildProcess process)
    {
        Name = name;
        _process = process;
    }

    public string Name { get; }

    public string ErrorText => _process.ErrorText;

    public static async Task<SiloProcess> StartAsync(
        string name,
        string clusterId,
        NatsServer server,
        TemporaryFolder folder)
    {
        var file = folder[$"{name}.json"];
        await File.WriteAllTextAsync(file, ConfigurationOf(name, clusterId, server));
        var program = Path.Combine(AppContext.BaseDirectory, "Orleans.JetStream.SiloHost");
        var silo = new SiloProcess(name, await ChildProcess.StartAsync(program, [file]));
        try
        {
            await Eventually.True(
                () => silo.ErrorText.Contains("started") || silo._process.HasExited, StartDeadline);
            return silo.ErrorText.Contains("started")
                ? silo
                : throw new InvalidOperationException($"The silo {name} did not start: {silo.ErrorText}");
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends it as a crash does (SIGKILL).</summary>
    public Task KillAsync() => _process.KillAsync();

    /// <summary>Asks it to end (SIGTERM) and returns when it has.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
        await Eventually.True(() => _process.HasExited, StartDeadline);
    }

    public async ValueTask DisposeAsync() => await _process.KillAsync();

    private static string ConfigurationOf(string name, string clusterId, NatsServer server)
    {
        var ports = Loopback.FreePorts(2);
        Dictionary<string, object> Provider(string bucket) => new()
        {
            ["ProviderType"] = "JetStream",
            ["ConnectionString"] = $"nats://{NatsServer.User}:{server.Password}@127.0.0.1:{server.Port}",
            ["Bucket"] = $"{clusterId}-{bucket}",
        };
        return JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["Orleans"] = new Dictionary<string, object>
            {
                ["Name"] = name,
                ["ClusterId"] = clusterId,
                ["ServiceId"] = clusterId,
                ["Endpoints"] = new Dictionary<string, object>
                {
                    ["AdvertisedIPAddress"] = "127.0.0.1",
                    ["SiloPort"] = ports[0],
                    ["GatewayPort"] = ports[1],
                },
                ["Clustering"] = Provider("members"),
                ["GrainStorage"] = new Dictionary<string, object> { ["Default"] = Provider("grains") },
                ["Reminders"] = Provider("reminders"),
            },
        });
    }
}
