using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Oms.Bench.Connector;
using Oms.Bench.Measuring;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Orders;
using Oms.Exchanges;

namespace Oms.Bench.Budget;

/// <summary>
/// As many orders as an exchange's limits let through, over few and many accounts: every account wants the next as
/// soon as it has one.
/// </summary>
internal static class BudgetBench
{
    public const int WindowSeconds = 10;

    private const int AccountsPerAddress = 5;
    private const int OrderAgeMaxMs = 60_000;
    private const long OrdersPerAccountMax = 1_000_000;

    private static readonly int[] AccountCounts = [1, 10, 50];

    /// <exception cref="InvalidOperationException">An order was lost or refused for another reason.</exception>
    public static async Task<BudgetResult> Run(string folder, int seconds)
    {
        OtherCpuUse others = new();
        var cases = new List<BudgetCase>();
        foreach (int accounts in AccountCounts)
        {
            cases.Add(await Case(Path.Combine(folder, $"{accounts}-shared"), accounts, addresses: 0, seconds));
            int addresses = (accounts + AccountsPerAddress - 1) / AccountsPerAddress;
            cases.Add(await Case(Path.Combine(folder, $"{accounts}-own"), accounts, addresses, seconds));
        }

        return new()
        {
            Seconds = seconds,
            Cases = [.. cases],
            RssMb = Memory.ResidentMegabytes(),
            OthersCpuPercent = others.Percent(),
        };
    }

    private static async Task<BudgetCase> Case(string folder, int accounts, int addresses, int seconds)
    {
        _ = Directory.CreateDirectory(folder);
        string file = Path.Combine(folder, "accounts.json");
        await File.WriteAllTextAsync(file, AccountsFile(accounts));
        using BenchExchange simulator = await BenchExchange.Start(folder, "--accounts", file);
        using IExchange exchange = simulator.Open(ordersBySocket: true, OrderAgeMaxMs);
        _ = await exchange.Instruments.QueryFilters(CancellationToken.None);
        IExchangeAccount[] opened = [.. Enumerable.Range(0, accounts).Select(
            index => exchange.OpenAccount([Credentials(index, addresses)]))];
        using var stop = new CancellationTokenSource();
        Task keeping = Task.WhenAll(opened.Select(account => account.KeepOpen(stop.Token)));
        await UntilWindowBegins();
        using var over = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        var latencies = new ConcurrentBag<(long Total, long Wire)>();
        long[] accepted = await Task.WhenAll(opened.Select(
            (account, index) => Trade(account, AccountOf(index), latencies, over.Token)));
        await stop.CancelAsync();
        await keeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var total = Latencies.Of([.. latencies.Select(each => each.Total)]);
        var wire = Latencies.Of([.. latencies.Select(each => each.Wire)]);
        return new()
        {
            Accounts = accounts,
            SourceAddresses = addresses,
            AcceptedPerMinute = accepted.Sum() * 60 / seconds,
            AcceptedPerMinuteLeast = accepted.Min() * 60 / seconds,
            RateLimited = await simulator.RateLimited(),
            LatencyUsP50 = total.P50 / 1000.0,
            LatencyUsP99 = total.P99 / 1000.0,
            WireUsP50 = wire.P50 / 1000.0,
            WireUsP99 = wire.P99 / 1000.0,
        };
    }

    /// <summary>The exchange counts in windows of its clock: what is counted here are whole ones.</summary>
    private static async Task UntilWindowBegins()
    {
        long nowMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        using var timer = new PeriodicTimer(
            TimeSpan.FromMilliseconds((WindowSeconds * 1000) - (nowMs % (WindowSeconds * 1000)) + 1));
        _ = await timer.WaitForNextTickAsync();
    }

    /// <returns>How many orders were accepted.</returns>
    private static async Task<long> Trade(
        IExchangeAccount account, AccountId id, ConcurrentBag<(long Total, long Wire)> latencies,
        CancellationToken cancellation)
    {
        long accepted = 0;
        for (int number = 1; !cancellation.IsCancellationRequested; number++)
        {
            long before = Stopwatch.GetTimestamp();
            try
            {
                switch (await account.Place(
                    BenchOrder.Of(
                        id, OrderId.Of(0, 1, ((long)id.Value * OrdersPerAccountMax) + number),
                        TimeInForce.ImmediateOrCancel),
                    cancellation))
                {
                    case Outcome<OrderEvidence>.Accepted done:
                        accepted++;
                        latencies.Add(
                            (Stopwatch.GetTimestamp() - before, done.Times.ReplyReceived - done.Times.Sent));
                        break;
                    case Outcome<OrderEvidence>.Refused { Reason: RejectReason.ExchangeRateLimited }:
                        // Waited for longer than it may.
                        break;
                    case var other:
                        throw new InvalidOperationException($"an order was not placed: {other}");
                }
            }
            catch (OperationCanceledException)
            {
                // The time is over.
            }
        }

        return accepted;
    }

    private static AccountId AccountOf(int index) => new((uint)index + 1);

    private static string NameOf(int index) => $"account_{index + 1}";

    private static AccountCredentials Credentials(int index, int addresses) => new(
        AccountOf(index), new("binance", NameOf(index)), Market.Spot,
        BenchKey.Of(NameOf(index), $"{NameOf(index)}-secret"))
    {
        // All of 127.0.0.0/8 is this host.
        Source = addresses == 0 ? null : IPAddress.Parse($"127.0.0.{2 + (index % addresses)}"),
    };

    private static string AccountsFile(int accounts)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteStartArray("accounts");
            for (int index = 0; index < accounts; index++)
            {
                json.WriteStartObject();
                json.WriteString("name", NameOf(index));
                json.WriteString("api_key", NameOf(index));
                json.WriteString("secret_key", $"{NameOf(index)}-secret");
                json.WriteStartArray("permissions");
                json.WriteStringValue("SPOT");
                json.WriteEndArray();
                json.WriteStartObject("balances");
                json.WriteString("USDT", "1000000");
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
