using System.Collections.Immutable;
using System.Text.Json;
using Oms.Domain.Accounts;
using Oms.Domain.Configuration;
using Oms.Domain.Messages;
using Oms.Domain.Time;
using Oms.Gateway.Api;
using Oms.Gateway.Commands;
using Oms.Gateway.Events;
using Oms.Gateway.Listings;
using Oms.SharedMemory.Health;

namespace Oms.Gateway.Health;

/// <summary>
/// Judges by evidence, never by the absence of complaints: what has not been heard of is not healthy.
/// </summary>
internal sealed class HealthBoard(
    SystemConfiguration configuration,
    CommandRing commands,
    EventPump events,
    ListingNames names,
    StateReader state,
    GatewayViews views,
    ProcessBoard processes,
    TimeProvider time)
{
    private const string Connectors = "connectors";
    private const long NeverMs = -1;

    private long NowNanos => UnixNanos.Of(time.GetUtcNow()).Value;

    /// <summary>Whether the gateway takes orders and hears what becomes of them.</summary>
    public HealthVerdict Ready()
    {
        string[] failures = [.. FastPathFailures()];
        return new(HealthVerdict.StatusOf(failures, []), [.. failures]);
    }

    public AccountVerdict Of(KnownAccount account)
    {
        ExchangeConfiguration? exchange =
            configuration.Exchanges.FirstOrDefault(candidate => candidate.Name == account.Exchange);
        bool isInternal = exchange?.IsMatchedHere ?? false;
        AccountGateChanged? gate = state.GateOf(account);
        ProcessHealth? connector = isInternal ? null : processes.Find(Connectors);
        long pricesMs = isInternal ? NeverMs : MsSince(NewestPriceNanos(account.Exchange));
        int unknown = views.Orders.UnknownCountOf(account.Id);
        string halt = HaltOf(account);

        List<string> failures = [.. FastPathFailures()];
        if (gate is not { Gate: AccountGate.Ready })
        {
            failures.Add($"the account is {TextOf(gate?.Gate)}: {TextOf(gate?.Reason)}");
        }

        if (!isInternal)
        {
            failures.AddRange(ConnectorFailures(connector, account));
        }

        List<string> worries = [];
        if (unknown > 0)
        {
            worries.Add($"the outcome of {unknown} orders at the exchange is not known");
        }

        if (!isInternal && !(pricesMs >= 0 && pricesMs <= configuration.Limits.ReferencePriceAgeMaxMs))
        {
            worries.Add(pricesMs < 0 ? "no price of the exchange was seen" : $"the newest price is {pricesMs} ms old");
        }

        ImmutableArray<MarketBudget> budgets = BudgetsOf(account);
        worries.AddRange(budgets.Where(budget => budget.HeldForMs > 0).Select(
            budget => $"{budget.Market}: the exchange takes no new orders for {budget.HeldForMs} ms"));
        worries.AddRange(budgets.Where(budget => budget.OrdersLeft == 0 || budget.WeightLeft == 0).Select(
            budget => $"{budget.Market}: no order is left in the exchange's window"));
        if (halt.Length > 0)
        {
            worries.Add(halt);
        }

        return new(
            HealthVerdict.StatusOf(failures, worries),
            [.. failures, .. worries],
            account.Name,
            TextOf(gate?.Gate),
            TextOf(gate?.Reason),
            gate?.ReconciledUnixNanos is > 0 and var reconciled ? MsSince(reconciled) : NeverMs,
            MsSince(views.Sequences.LastNanosOf(account.Id)),
            pricesMs,
            connector is null ? NeverMs : (long)connector.HeartbeatAge.TotalMilliseconds,
            views.Orders.OpenCountOf(account.Id),
            unknown,
            halt,
            budgets);
    }

    private ImmutableArray<MarketBudget> BudgetsOf(KnownAccount account) =>
    [
        .. from market in account.EnabledMarkets()
           let row = state.BudgetOf(account, market)
           where row is not null
           select new MarketBudget(
               market.ToString().ToLowerInvariant(), row.Value.OrdersLeft, row.Value.WeightLeft,
               Math.Max(0, (row.Value.HeldUntilUnixNanos - NowNanos) / UnixNanos.PerMillisecond)),
    ];

    private IEnumerable<string> FastPathFailures()
    {
        if (!commands.IsConsumerAlive)
        {
            yield return "fastpath does not take commands";
        }

        if (!events.IsProducerAlive)
        {
            yield return "fastpath is silent";
        }

        if (!events.CaughtUp.IsCompleted)
        {
            yield return "the log is still being read";
        }
    }

    private static IEnumerable<string> ConnectorFailures(ProcessHealth? connector, KnownAccount account)
    {
        if (connector is null || !connector.IsFresh)
        {
            yield return connector is null
                ? "no connector was ever heard"
                : $"the connector has been silent for {(long)connector.HeartbeatAge.TotalSeconds} s";
        }
        else if (connector.State is ProcessState.Starting or ProcessState.Stopping)
        {
            yield return $"the connector is {ProcessBoard.TextOf(connector)}: {connector.Detail}";
        }
        else if (connector.State != ProcessState.Ready
            && connector.Detail.Contains(account.Name, StringComparison.Ordinal))
        {
            yield return connector.Detail;
        }
    }

    private string HaltOf(KnownAccount account)
    {
        if (state.FirmHalt is { State: not HaltState.Resumed })
        {
            return "the firm is halted";
        }

        if (views.Halts.All.Any(halt => halt.Scope == HaltScope.Exchange
            && halt.State != HaltState.Resumed && halt.Exchange.ToString() == account.Exchange))
        {
            return "the exchange is halted";
        }

        return state.HaltOf(account) is { State: not HaltState.Resumed } own
            ? $"the account is halted: {HaltBoard.TextOf(own.Reason)}"
            : "";
    }

    private long NewestPriceNanos(string exchange)
    {
        long newest = 0;
        foreach (KnownInstrument instrument in names.Instruments)
        {
            if (instrument.Exchange == exchange && state.TopOf(instrument) is { } top)
            {
                newest = Math.Max(newest, top.Header.UnixNanos);
            }
        }

        return newest;
    }

    private long MsSince(long unixNanos) =>
        unixNanos == 0 ? NeverMs : Math.Max(0, (NowNanos - unixNanos) / UnixNanos.PerMillisecond);

    private static string TextOf<TEnum>(TEnum? value)
        where TEnum : struct, Enum =>
        value is { } known ? JsonNamingPolicy.SnakeCaseLower.ConvertName(known.ToString()) : "unknown";
}
