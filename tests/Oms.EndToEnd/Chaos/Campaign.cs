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

    /// <summary>Likewise where nothing fails: of 200 accounts well over a hundred orders a second.</summary>
    private static readonly TimeSpan CalmPaceMax = TimeSpan.FromSeconds(1.5);

    /// <summary>What finds nothing to strike, no connection, position or running process, comes again.</summary>
    private static readonly TimeSpan AgainAfter = TimeSpan.FromMilliseconds(500);

    private readonly CampaignAccounts _accounts = new(options.Accounts);
    private readonly long _started = Stopwatch.GetTimestamp();

    /// <summary>For so long after its time the campaign goes on while something planned has not struck.</summary>
    private static readonly TimeSpan LateMax = TimeSpan.FromSeconds(20);

    private readonly Dictionary<string, int> _killed = [];

    /// <summary>How often each kind of fault has struck, by its name; filled by the run.</summary>
    public IReadOnlyDictionary<string, long> Struck { get; private set; } = new Dictionary<string, long>();

    /// <summary>How often each process was killed, by its name; filled by the run.</summary>
    public IReadOnlyDictionary<string, int> Killed => _killed;

    /// <summary>How many orders ended how; filled by the run.</summary>
    public IReadOnlyDictionary<OrderStatus, int> Statuses { get; private set; } = new Dictionary<OrderStatus, int>();

    /// <summary>All that is wrong at the end, one line each; empty when nothing is.</summary>
    public async Task<IReadOnlyList<string>> RunAsync()
    {
        await using var deployment = new Deployment(_accounts.Write);
        await deployment.InitializeAsync();
        Say($"seed {options.Seed}: {options.Accounts} accounts are ready");
        var transfers = new CampaignTransfers(deployment, _accounts, options.Seed);
        List<string> problems = [];
        long began = Stopwatch.GetTimestamp();
        CampaignTrader[] traders = await TradeAsync(deployment, transfers, problems);
        double ordersPerS =
            traders.Sum(trader => trader.Answered.Count) / Stopwatch.GetElapsedTime(began).TotalSeconds;
        Say($"{ordersPerS:0.0} orders/s answered; all processes keep {await deployment.MemoryAsync()} MB in memory");
        problems.AddRange(traders.SelectMany(trader => trader.Problems).Concat(transfers.Problems));
        var end = new CampaignEnd(deployment, new CampaignHalts(deployment, _accounts, Say), transfers, Say);
        problems.AddRange(await end.CompareAsync(
            traders.SelectMany(trader => trader.Answered.Select(name => $"{trader.Account} {name}"))));
        SimulatorLedger ledger = await deployment.LedgerAsync();
        Struck = ledger.Faults;
        if (options.IsCalm && ledger.RefusedForLimits > 0)
        {
            problems.Add($"the exchange refused {ledger.RefusedForLimits} requests for its limits");
        }

        List<Order> orders = await Agreement.OrdersAsync(deployment);
        Statuses = orders.CountBy(order => order.Status).ToDictionary();
        IEnumerable<KeyValuePair<string, int>> reasons = orders
            .Where(order => order.Status == OrderStatus.Rejected)
            .CountBy(order => order.RejectReason)
            .OrderByDescending(pair => pair.Value);
        Say($"ended: {string.Join(", ", Statuses.Select(pair => $"{pair.Key} {pair.Value}"))}");
        Say($"refused for: {string.Join(", ", reasons.Select(pair => $"{pair.Key} {pair.Value}"))}");
        Say($"refused by the exchange: {string.Join(", ", ledger.Refused.Select(pair => $"{pair.Key} {pair.Value}"))}");
        Say($"struck: {string.Join(", ", Struck.Select(pair => $"{pair.Key} {pair.Value}"))}");
        Say($"killed: {string.Join(", ", Killed.Select(pair => $"{pair.Key} {pair.Value}"))}");
        Say($"{traders.Sum(trader => trader.Answered.Count)} orders, {problems.Count} problems");
        return problems;
    }

    /// <summary>Orders, transfers, faults and deaths side by side, for as long as the campaign lasts.</summary>
    private async Task<CampaignTrader[]> TradeAsync(
        Deployment deployment, CampaignTransfers transfers, List<string> problems)
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
            transfers.RunAsync(stopping.Token),
            .. traders.Select(trader => trader.RunAsync(options.IsCalm ? CalmPaceMax : PaceMax, stopping.Token)),
        ];
        try
        {
            problems.AddRange(await PlayAsync(deployment));
        }
        finally
        {
            await stopping.CancelAsync();
            await Task.WhenAll(all);
        }

        return traders;
    }

    /// <returns>What was planned and never struck, one line each: it was not survived.</returns>
    private async Task<IReadOnlyList<string>> PlayAsync(Deployment deployment)
    {
        long started = Stopwatch.GetTimestamp();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        IReadOnlyList<CampaignStep> plan = CampaignPlan.Of(options, _accounts);
        List<CampaignStep> steps = [.. plan];
        List<string> missing = [];
        bool isLate = false;
        while (Stopwatch.GetElapsedTime(started) is var now && now < options.Duration + LateMax)
        {
            foreach (CampaignStep step in steps.Where(step => step.After <= now).ToList())
            {
                _ = steps.Remove(step);
                if (!await DoAsync(deployment, step))
                {
                    steps.Add(step with { After = now + AgainAfter });
                }
            }

            if (now >= options.Duration)
            {
                missing = await MissingAsync(deployment, plan);
                _ = steps.RemoveAll(step => step.IsOfHolder && !missing.Contains(step.Kind ?? ""));
                if (steps.Count == 0 && missing.Count == 0)
                {
                    break;
                }

                if (!isLate)
                {
                    isLate = true;
                    steps.AddRange(plan.Where(step => step.Kind is { } kind && missing.Contains(kind))
                        .DistinctBy(step => step.Kind)
                        .SelectMany(step => step.Surely(_accounts.Futures))
                        .Select(step => step with { After = now }));
                }
            }

            _ = await pace.WaitForNextTickAsync();
        }

        return
        [
            .. missing.Select(kind => $"{kind} never struck"),
            .. steps.Select(step => $"found nothing to strike: {step}"),
        ];
    }

    /// <summary>The kinds of the plan that the exchange has not counted once.</summary>
    private static async Task<List<string>> MissingAsync(Deployment deployment, IReadOnlyList<CampaignStep> plan)
    {
        IReadOnlyDictionary<string, long> struck = (await deployment.LedgerAsync()).Faults;
        return
        [
            .. plan.Select(step => step.Kind).OfType<string>().Distinct()
                .Where(kind => struck.GetValueOrDefault(kind) == 0),
        ];
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
            if (step.Victim is { } victim)
            {
                _killed[victim] = _killed.GetValueOrDefault(victim) + 1;
            }
        }

        return isDone;
    }

    private void Say(string line) =>
        output.WriteLine($"{Stopwatch.GetElapsedTime(_started).TotalSeconds,7:0.0} s  {line}");
}
