using Oms.Domain.Configuration;
using Oms.SharedMemory.Health;
using Oms.SharedMemory.Regions;
using Oms.Testing;

namespace Oms.FastPath.Tests;

/// <summary>
/// A data folder, a copy of <c>configs/</c>, a region, and the FastPath process that lives on them.
/// </summary>
internal sealed class Deployment : IAsyncDisposable
{
    public const int LogHeadBytes = 32 << 20;

    private static readonly string Executable = Path.Combine(AppContext.BaseDirectory, "Oms.FastPath");

    private readonly TemporaryFolder _folder = new("fastpath");
    private readonly List<ChildProcess> _started = [];

    public Deployment()
    {
        _ = Directory.CreateDirectory(_folder["configs"]);
        string original = Path.Combine(AppContext.BaseDirectory, "configs");
        foreach (string file in Directory.GetFiles(original, "*.yaml"))
        {
            File.Copy(file, Path.Combine(_folder["configs"], Path.GetFileName(file)));
        }

        // Small tables make a quick start; the limit on open orders is not what is tested here.
        Configure("limits.yaml", "accounts_max: 256", "accounts_max: 16");
        Configure("limits.yaml", "orders_held_max: 100000", "orders_held_max: 20000");
        Configure("limits.yaml", "open_orders_per_account_max: 200", "open_orders_per_account_max: 20000");
        // Nor is the rate of orders.
        Configure("limits.yaml", "orders_per_window_max: 1000", "orders_per_window_max: 20000");
        // Prices of a test stay good while a slow machine starts FastPath again.
        Configure("limits.yaml", "reference_price_age_max_ms: 5000", "reference_price_age_max_ms: 3600000");
        // How fast it is, is not tested here; that it warms up, is.
        Configure("deployment.yaml", "warm_up_ms: 800", "warm_up_ms: 20");
        // A small log shows its seams.
        Configure("deployment.yaml", "log_head_bytes: 67108864", $"log_head_bytes: {LogHeadBytes}");
        Configure("deployment.yaml", "log_segment_bytes: 268435456", "log_segment_bytes: 1048576");
        Data = new DataFolder(_folder["data"]);
        Region = SharedRegion.ForDataFolder(Data.Path);
    }

    public DataFolder Data { get; }

    public SharedRegion Region { get; private set; }

    public string Configs => _folder["configs"];

    public string Segment => Directory.GetFiles(Data.Log, "*.log").Order().Last();

    public void Configure(string file, string text, string by)
    {
        string path = Path.Combine(Configs, file);
        string before = File.ReadAllText(path);
        Assert.Contains(text, before);
        File.WriteAllText(path, before.Replace(text, by, StringComparison.Ordinal));
    }

    /// <summary>Starts FastPath and returns at once.</summary>
    public async Task<ChildProcess> LaunchAsync()
    {
        ChildProcess process = await ChildProcess.StartAsync(
            Executable, ["--configs", Configs, "--data", Data.Path]);
        _started.Add(process);
        return process;
    }

    /// <summary>Starts FastPath and waits until it is ready.</summary>
    public async Task<ChildProcess> StartAsync()
    {
        ChildProcess process = await LaunchAsync();
        await Eventually.True(() => process.HasExited || IsReady(), TimeSpan.FromSeconds(60));
        Assert.False(process.HasExited, process.ErrorText);
        return process;
    }

    /// <summary>Starts FastPath, which is to refuse; returns its exit code and what it said.</summary>
    public async Task<(int ExitCode, string ErrorText)> RefusedAsync()
    {
        (int exitCode, _, string errorText) = await RunAsync("--configs", Configs, "--data", Data.Path);
        return (exitCode, errorText);
    }

    /// <summary>Runs the program to its end.</summary>
    public static async Task<(int ExitCode, string Output, string ErrorText)> RunAsync(
        params string[] arguments)
    {
        using var process = new System.Diagnostics.Process();
        process.StartInfo = new(Executable, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        _ = process.Start();
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            string text = await process.StandardError.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(60));
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
            return (process.ExitCode, await output, text);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    public ProcessHealth? Health() => HealthFile.Read(Region, "fastpath");

    /// <summary>As after a reboot: nothing is left in memory.</summary>
    public void DeleteRegion()
    {
        Region.Delete();
        Region = SharedRegion.ForDataFolder(Data.Path);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ChildProcess process in _started)
        {
            await process.KillAsync();
        }

        Region.Delete();
        _folder.Dispose();
    }

    private bool IsReady() =>
        Health() is { State: ProcessState.Ready, IsFresh: true } health
        && _started.Any(process => !process.HasExited && health.Pid == process.Id);
}
