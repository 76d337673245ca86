using System.Globalization;
using System.Text;
using Oms.Bench.Measuring;
using Oms.Domain.Configuration;
using Oms.SharedMemory.Health;
using Oms.SharedMemory.Regions;

namespace Oms.Bench.FastPath;

/// <summary>
/// A data folder, the repository's configuration with an exchange of our own and accounts at it, and the real FastPath
/// process on the last core.
/// </summary>
internal sealed class BenchDeployment : IDisposable
{
    public const string Exchange = "paper";
    public const int InstrumentCount = 100;
    public const int AccountCount = 200;

    /// <summary>Each account trades the first, and some of the others.</summary>
    public const int InstrumentsPerAccount = 30;

    private const int OrdersHeld = 100_000;

    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(60);

    private readonly string _folder;
    private readonly Child _process;

    private BenchDeployment(string folder, SharedRegion region, Child process) =>
        (_folder, Region, _process) = (folder, region, process);

    public SharedRegion Region { get; }

    public int Pid => _process.Id;

    /// <exception cref="InvalidOperationException">FastPath does not start.</exception>
    /// <param name="live">Orders that will rest while others are measured.</param>
    public static BenchDeployment Start(string folder, int live)
    {
        _ = Directory.CreateDirectory(folder);
        string configs = Path.Combine(folder, "configs");
        WriteConfigs(configs, text => Pinned(live > 0 ? text : Deep(text)), live);
        var data = new DataFolder(Path.Combine(folder, "data"));
        _ = Directory.CreateDirectory(data.Path);
        SharedRegion region = SharedRegion.ForDataFolder(data.Path);
        var process = Child.Start(
            Path.Combine(Program("Oms.FastPath"), "Oms.FastPath"), "--configs", configs, "--data", data.Path);
        var deployment = new BenchDeployment(folder, region, process);
        try
        {
            deployment.AwaitReady();
            return deployment;
        }
        catch
        {
            deployment.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _process.Dispose();
        Region.Delete();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Where the build put a program.</summary>
    public static string Program(string name)
    {
        string release = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        return Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", name, release));
    }

    /// <summary>The repository's configuration, with the exchange and its accounts.</summary>
    /// <param name="deployment">Changes the text of <c>deployment.yaml</c>.</param>
    /// <param name="live">Orders that will rest.</param>
    public static void WriteConfigs(string configs, Func<string, string> deployment, int live)
    {
        _ = Directory.CreateDirectory(configs);
        string home = Environment.GetEnvironmentVariable("OMS_HOME") ?? Directory.GetCurrentDirectory();
        foreach (string file in Directory.GetFiles(Path.Combine(home, "configs"), "*.yaml"))
        {
            string text = File.ReadAllText(file);
            string name = Path.GetFileName(file);
            File.WriteAllText(Path.Combine(configs, name), name switch
            {
                "accounts.yaml" => text.Replace("accounts:\n", $"accounts:\n{Accounts()}", StringComparison.Ordinal),
                "exchanges.yaml" => text.Replace("exchanges:\n", $"exchanges:\n{Listings()}", StringComparison.Ordinal),
                "deployment.yaml" => deployment(text),
                "limits.yaml" => Wide(text, live),
                _ => text,
            });
        }
    }

    /// <summary>The base asset of the so many-th instrument.</summary>
    public static string AssetOf(int instrument) => string.Create(CultureInfo.InvariantCulture, $"A{instrument}");

    /// <summary>The so many-th of those that an account trades.</summary>
    public static int InstrumentOf(int account, int number) => (account + number) % InstrumentCount;

    private static string Listings()
    {
        var text = new StringBuilder($"  {Exchange}:\n    kind: internal\n    listings:\n");
        for (int instrument = 0; instrument < InstrumentCount; instrument++)
        {
            _ = text.Append(CultureInfo.InvariantCulture, $"""
                      - symbol: {AssetOf(instrument)}/USDT
                        market: spot
                        exchange_symbol: {AssetOf(instrument)}USDT
                        price_decimals: 2
                        quantity_decimals: 5
                        opening_price: 50000
                        maker_fee_ppm: 100
                        taker_fee_ppm: 400

                """);
        }

        return text.ToString();
    }

    private static string Accounts()
    {
        var text = new StringBuilder($"  {Exchange}:\n");
        for (int account = 0; account < AccountCount; account++)
        {
            IEnumerable<string> others = Enumerable.Range(0, InstrumentsPerAccount)
                .Select(number => InstrumentOf(account, number))
                .Where(instrument => instrument != 0)
                .Select(instrument => $", {AssetOf(instrument)}: 1000");
            _ = text.Append(CultureInfo.InvariantCulture, $$"""
                    account_{{account}}:
                      type: main
                      spot_enabled: true
                      futures_enabled: false
                      max_position_usdt: 1000000000
                      balances: { USDT: 100000000, A0: 1000{{string.Concat(others)}} }

                """);
        }

        return text.ToString();
    }

    private static string Pinned(string text) => text
        .Replace("idle_policy: backoff", "idle_policy: spin", StringComparison.Ordinal)
        .Replace("  # core: 1\n", $"  core: {Core.All[^1]}\n", StringComparison.Ordinal);

    /// <summary>The client spins on the core that the copier has to itself elsewhere: the disk lags further.</summary>
    private static string Deep(string text) =>
        text.Replace("log_head_bytes: 67108864", "log_head_bytes: 268435456", StringComparison.Ordinal);

    private static string Wide(string text, int live) => text
        .Replace("order_window_ms: 1000", "order_window_ms: 1", StringComparison.Ordinal)
        .Replace("orders_held_max: 100000", $"orders_held_max: {live + OrdersHeld}", StringComparison.Ordinal)
        .Replace(
            "open_orders_per_account_max: 200",
            $"open_orders_per_account_max: {OrdersHeld + (live / AccountCount)}",
            StringComparison.Ordinal);

    private void AwaitReady()
    {
        long deadline = Environment.TickCount64 + (long)ReadyWithin.TotalMilliseconds;
        while (HealthFile.Read(Region, "fastpath") is not { State: ProcessState.Ready or ProcessState.Degraded } health
            || health.Pid != Pid)
        {
            if (_process.HasExited || Environment.TickCount64 > deadline)
            {
                throw new InvalidOperationException("FastPath does not get ready");
            }

            Thread.Yield();
        }
    }
}
