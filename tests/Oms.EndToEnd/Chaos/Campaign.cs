using System.Diagnostics;
using Oms.V1;

namespace Oms.EndToEnd.Chaos;

/// <summary>
/// A whole system under random orders, with every fault of the exchange and the deaths of our processes, all drawn from
/// a seed; then the exchange behaves, and what the OMS believes is held against the exchange's own ledger.
/// </summary>
internal sealed class Campaign(CampaignOptions options, TextWriter output)
{
    /// <summary>Between two acts of a trader, at most.</summary>
    private static readonly TimeSpan PaceMax = TimeSpan.FromSeconds(3);

    /// <summary>What finds nothing to strike, no connection, position or running process, comes again.</summary>
    private static readonly TimeSpan AgainAfter = TimeSpan.FromMilliseconds(500);

    private readonly CampaignAccounts _accounts = new(options.Accounts);
    private readonly long _started = Stopwatch.GetTimestamp();

    /// <summary>How often each kind of fault has struck, by its name; filled by the run.</summary>
    public IReadOnlyDictionary<string, long> Struck { get; private set; } = new Dictionary<string, long>();

    /// <summary>How many orders ended how; filled by the run.</summary>
    public IReadOnlyDictionary<OrderStatus, int> Statuses { get; private set; } = new Dictionary<OrderStatus, int>();

    /// <summary>All that is wrong at the end, one line each; empty when nothing is.</summary>
    public async Task<IReadOnlyList<string>> RunAsync()
    {
        await using var deployment = new Deployment(_accounts.Write);
        await deployment.InitializeAsync();
        Say($"seed {options.Seed}: {options.Accounts} accounts are ready");
        CampaignTrader[] traders = await TradeAsync(deployment);
        var end = new CampaignEnd(deployment, Say);
        IReadOnlyList<string> problems = await end.CompareAsync(
            traders.SelectMany(trader => trader.Answered.Select(name => $"{trader.Account} {name}")));
        Struck = (await deployment.LedgerAsync()).Faults;
        List<Order> orders = await Agreement.OrdersAsync(deployment);
        Statuses = orders.CountBy(order => order.Status).ToDictionary();
        IEnumerable<KeyValuePair<string, int>> reasons = orders
            .Where(order => order.Status == OrderStatus.Rejected)
            .CountBy(order => order.RejectReason)
            .OrderByDescending(pair => pair.Value);
        Say($"ended: {string.Join(", ", Statuses.Select(pair => $"{pair.Key} {pair.Value}"))}");
        Say($"refused for: {string.Join(", ", reasons.Select(pair => $"{pair.Key} {pair.Value}"))}");
        Say($"struck: {string.Join(", ", Struck.Select(pair => $"{pair.Key} {pair.Value}"))}");
        Say($"{traders.Sum(trader => trader.Answered.Count)} orders, {problems.Count} problems");
        return problems;
    }

    /// <summary>Orders, transfers, faults and deaths side by side, for as long as the campaign lasts.</summary>
    private async Task<CampaignTrader[]> TradeAsync(Deployment deployment)
    {
        using var stopping = new CancellationTokenSource();
        var prices = new CampaignPrices(deployment);
        CampaignTrader[] traders =
        [
            .. _accounts.Spot.Concat(_accounts.Futures).Select((name, index) => new CampaignTrader(
                deployment, prices, $"binance/{name}", _accounts.Futures.Contains(name), options.Seed + index)),
        ];
        Task[] all =
        [
            prices.RunAsync(stopping.Token),
            new CampaignTransfers(deployment, _accounts, options.Seed).RunAsync(stopping.Token),
            .. traders.Select(trader => trader.RunAsync(PaceMax, stopping.Token)),
        ];
        try
        {
            await PlayAsync(deployment);
        }
        finally
        {
            await stopping.CancelAsync();
            await Task.WhenAll(all);
        }

        return traders;
    }

    private async Task PlayAsync(Deployment deployment)
    {
        long started = Stopwatch.GetTimestamp();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        List<CampaignStep> steps = [.. CampaignPlan.Of(options, _accounts)];
        while (Stopwatch.GetElapsedTime(started) < options.Duration)
        {
            TimeSpan now = Stopwatch.GetElapsedTime(started);
            foreach (CampaignStep step in steps.Where(step => step.After <= now).ToList())
            {
                _ = steps.Remove(step);
                if (!await DoAsync(deployment, step))
                {
                    steps.Add(step with { After = now + AgainAfter });
                }
            }

            _ = await pace.WaitForNextTickAsync();
        }
    }

    /// <returns>False where there was nobody to strike.</returns>
    private async Task<bool> DoAsync(Deployment deployment, CampaignStep step)
    {
        bool isDone = step.Fault is { } fault
            ? await deployment.FaultAsync(fault)
            : await deployment.TryKillAsync(step.Victim ?? "");
        if (isDone)
        {
            Say($"{step}");
        }

        return isDone;
    }

    private void Say(string line) =>
        output.WriteLine($"{Stopwatch.GetElapsedTime(_started).TotalSeconds,7:0.0} s  {line}");
}
