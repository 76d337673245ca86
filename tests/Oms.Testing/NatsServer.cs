using System.Security.Cryptography;
using System.Text.Json;

namespace Oms.Testing;

/// <summary>
/// A real nats-server as a child process: loopback, a free port, a password, JetStream on files in a folder
/// of its own. It can be killed and started again on the same port and store, and never outlives the test
/// process.
/// </summary>
public sealed class NatsServer : IAsyncDisposable
{
    public const string User = "test";

    private const string Executable = "nats-server";
    private const int FreePort = -1;

    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder _folder = new("nats");
    private readonly NatsServerSettings _settings;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(2) };
    private ChildProcess? _process;
    private int _clientPort = FreePort;
    private int _monitoringPort = FreePort;

    private NatsServer(NatsServerSettings settings)
    {
        _settings = settings;
        Password = settings.Password ?? RandomNumberGenerator.GetHexString(32);
    }

    public string Password { get; }

    public int Port => _clientPort;

    public string Url => $"nats://127.0.0.1:{Port}";

    public int ProcessId =>
        _process?.Id ?? throw new InvalidOperationException("The nats-server is not running.");

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Starts a server and returns when JetStream answers.</summary>
    public static async Task<NatsServer> StartAsync(NatsServerSettings? settings = null)
    {
        var server = new NatsServer(settings ?? new NatsServerSettings());
        try
        {
            await server.StartAgainAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a stopped or killed server on the same port and store.</summary>
    public async Task StartAgainAsync()
    {
        if (IsRunning)
        {
            throw new InvalidOperationException($"The nats-server {ProcessId} is running already.");
        }

        var executable = ChildProcess.FindOnPath(Executable) ?? throw new FileNotFoundException(
            "These tests need a nats-server. On Debian and Ubuntu: apt-get install nats-server");
        WriteConfiguration();
        _process = await ChildProcess.StartAsync(executable, ["-c", _folder["nats.conf"]]);
        await Eventually.True(IsReadyAsync, StartDeadline);
    }

    /// <summary>Ends the server as a crash does (SIGKILL) and returns when it is gone.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            await process.KillAsync();
            _process = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _http.Dispose();
        _folder.Dispose();
    }

    private async Task<bool> IsReadyAsync()
    {
        if (_process is not { HasExited: false })
        {
            var logFile = _folder["nats.log"];
            var log = File.Exists(logFile) ? await File.ReadAllTextAsync(logFile) : "(no log)";
            throw new InvalidOperationException(
                $"The nats-server ended while starting: {_process?.ErrorText}\n{log}");
        }

        if (!ReadPorts())
        {
            return false;
        }

        try
        {
            var health = new Uri($"http://127.0.0.1:{_monitoringPort}/healthz?js-enabled=true");
            using var response = await _http.GetAsync(health);
            return response.IsSuccessStatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    /// <summary>The server writes the ports it chose to a file named by its process id.</summary>
    private bool ReadPorts()
    {
        var file = _folder[$"{Executable}_{ProcessId}.ports"];
        if (!File.Exists(file))
        {
            return false;
        }

        try
        {
            using var ports = JsonDocument.Parse(File.ReadAllText(file));
            _clientPort = PortOf(ports, "nats");
            _monitoringPort = PortOf(ports, "monitoring");
            return true;
        }
        catch (JsonException)
        {
            return false; // Half written; the next poll sees it whole.
        }
    }

    private static int PortOf(JsonDocument ports, string kind) =>
        new Uri(ports.RootElement.GetProperty(kind)[0].GetString() ?? "").Port;

    private void WriteConfiguration()
    {
        var file = _folder["nats.conf"];
        var maxPayload = _settings.MaxPayloadBytes is { } payloadBytes ? $"max_payload: {payloadBytes}" : "";
        var maxStore = _settings.StoreBytesMax is { } storeBytes ? $", max_file_store: {storeBytes}" : "";
        using (File.Create(file))
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
        }

        File.WriteAllText(file, $$"""
            host: 127.0.0.1
            port: {{_clientPort}}
            http: 127.0.0.1:{{_monitoringPort}}
            ports_file_dir: "{{_folder.Path}}"
            log_file: "{{_folder["nats.log"]}}"
            {{maxPayload}}
            jetstream { store_dir: "{{_settings.StoreFolder ?? _folder["store"]}}"{{maxStore}} }
            authorization { {{Identities()}} }
            {{_settings.ExtraConfiguration}}
            """);
    }

    private string Identities()
    {
        if (_settings.Token is { } token)
        {
            return $"token: \"{token}\"";
        }

        var nkey = _settings.UserNKey is { } key ? $", {{ nkey: {key} }}" : "";
        return $"users: [ {{ user: {User}, password: \"{Password}\" }} {nkey} ]";
    }
}
