using System.Text.Json;
using Oms.Testing;
using Oms.V1;

namespace Oms.EndToEnd.Chaos;

/// <summary>
/// Brings the system to rest once the exchange behaves, as somebody at the desk would, and compares.
/// </summary>
internal sealed class CampaignEnd(
    Deployment deployment, CampaignHalts halts, CampaignTransfers transfers, Action<string> say)
{
    private const int AskedOneIn = 7;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Of a question that waits for the exchange's limits, which count by the minute.</summary>
    private static readonly TimeSpan QuestionPatience = TimeSpan.FromMinutes(3);

    private static readonly string[] EventsOfAsking = ["account_gate_changed", "reconcile_report"];

    private readonly OrderService.OrderServiceClient _orders = new(deployment.Channel);
    private readonly AccountService.AccountServiceClient _accounts = new(deployment.Channel);
    private readonly PositionService.PositionServiceClient _positions = new(deployment.Channel);
    private readonly AdminService.AdminServiceClient _admin = new(deployment.Channel);
    private int _closings;

    /// <param name="answered">Account and name of every order that a client has an answer for.</param>
    /// <returns>All that is wrong, one line each.</returns>
    public async Task<IReadOnlyList<string>> CompareAsync(IEnumerable<string> answered)
    {
        await deployment.ClearFaultsAsync();
        say("the exchange behaves");
        List<string> problems = [];
        if (!await HoldsAsync("every process is ready", deployment.AllReadyAsync, problems)
            || !await HoldsAsync("every account is open", AllOpenAsync, problems)
            || !await HoldsAsync("no order lives", NoneLivesAsync, problems)
            || !await HoldsAsync("no position of futures is held", AllFlatAsync, problems)
            || !await HoldsAsync("no transfer is under way", NoTransferAsync, problems))
        {
            problems.AddRange(halts.Problems);
            problems.AddRange(await DifferencesAsync());
            return problems;
        }

        IReadOnlyList<string> differences = [];
        if (!await HoldsAsync(
            "the OMS equals the exchange's ledger",
            async () => (differences = await DifferencesAsync()).Count == 0,
            problems))
        {
            problems.AddRange(differences);
            return problems;
        }

        problems.AddRange(halts.Problems);
        problems.AddRange(await LostAsync(answered));
        problems.AddRange(await RestlessAsync());
        problems.AddRange(await NotPublishedAsync());
        CommandResult verified = await deployment.Oms("verify-log");
        say(verified.Output.Trim());
        if (verified.ExitCode != 0)
        {
            problems.Add($"the log: {verified.Output}{verified.Errors}");
        }

        return problems;
    }

    /// <summary>Waits until something holds; notes it where it does not in time.</summary>
    private async Task<bool> HoldsAsync(
        string what, Func<Task<bool>> condition, List<string> problems, TimeSpan? patience = null)
    {
        try
        {
            await Eventually.True(() => Deployment.PassingAsync(condition), patience ?? Patience, what);
            say(what);
            return true;
        }
        catch (TimeoutException exception)
        {
            problems.Add(exception.Message);
            return false;
        }
    }

    /// <summary>All that differs from the exchange's ledger, one line each.</summary>
    private async Task<IReadOnlyList<string>> DifferencesAsync() =>
        [.. await Agreement.DifferencesAsync(deployment), .. await transfers.DifferencesAsync()];

    /// <summary>Somebody looks at what FastPath halted, and lets go what may be.</summary>
    private async Task<bool> AllOpenAsync()
    {
        if (!await halts.ResumeAsync())
        {
            return false;
        }

        return (await _accounts.ListAccountsAsync(new())).Accounts.All(account => account.Gate == AccountGate.Ready);
    }

    private async Task<bool> NoneLivesAsync()
    {
        List<Order> live = [.. (await Agreement.OrdersAsync(deployment)).Where(IsLive)];
        if (live.Count > 0)
        {
            _ = await _orders.CancelOrdersAsync(new() { Everything = true });
        }

        return live.Count == 0;
    }

    private static bool IsLive(Order order) => order.Status
        is not (OrderStatus.Filled or OrderStatus.Canceled or OrderStatus.Rejected or OrderStatus.Expired);

    /// <summary>Positions of futures are closed: a flat account's wallet is all that it has.</summary>
    private async Task<bool> AllFlatAsync()
    {
        Position[] held =
        [
            .. (await _positions.ListPositionsAsync(new())).Positions.Where(position =>
                position.Symbol.Contains(':', StringComparison.Ordinal) && Agreement.Number(position.Quantity) != 0),
        ];
        List<Order> live = [.. (await Agreement.OrdersAsync(deployment)).Where(IsLive)];
        foreach (Position position in held.Where(position => !live.Exists(
            order => order.Account == position.Account && order.Symbol == position.Symbol)))
        {
            decimal quantity = Agreement.Number(position.Quantity);
            _ = await _orders.PlaceOrderAsync(new()
            {
                Account = position.Account,
                Market = Market.Futures,
                Symbol = position.Symbol,
                Side = quantity > 0 ? Side.Sell : Side.Buy,
                Type = OrderType.Market,
                Quantity = Agreement.Text(Math.Abs(quantity)),
                ReduceOnly = true,
                ClientOrderId = $"close-{++_closings}",
            });
        }

        return held.Length == 0 && await NoneLivesAsync();
    }

    private async Task<bool> NoTransferAsync() =>
        await transfers.AreFinalAsync()
        && (await _accounts.ListBalancesAsync(new())).Balances.All(
            balance => Agreement.Number(balance.InTransit) == 0);

    /// <summary>Orders that a client has an answer for, and that the OMS does not know.</summary>
    private async Task<IEnumerable<string>> LostAsync(IEnumerable<string> answered)
    {
        HashSet<string> known =
            [.. (await Agreement.OrdersAsync(deployment)).Select(order => $"{order.Account} {order.ClientOrderId}")];
        return answered.Where(order => !known.Contains(order))
            .Select(order => $"{order} was answered, and is not known");
    }

    private async Task<IEnumerable<string>> NotPublishedAsync()
    {
        try
        {
            await PublishedTrades.AgreeAsync(deployment);
            return [];
        }
        catch (Exception exception) when (exception is TimeoutException or Xunit.Sdk.IAssertionException)
        {
            return [$"files and streams: {exception.Message}"];
        }
    }

    /// <summary>
    /// Who agrees with its exchange learns nothing from asking again: no event comes of it but the answer. A stream
    /// that fell silent while nothing happened is found out only now, and moves the account's gate: then it is asked
    /// once more; any other event was something to learn. Some accounts are asked; for all of them the exchange's
    /// request weight would not do.
    /// </summary>
    private async Task<IEnumerable<string>> RestlessAsync()
    {
        List<string> problems = [];
        List<string> learned = [];
        foreach (string account in (await SequencesAsync()).Keys.Where((_, index) => index % AskedOneIn == 0))
        {
            _ = await HoldsAsync(
                $"{account} learns nothing from its exchange", () => IsQuietAsync(account, learned), problems,
                QuestionPatience);
        }

        return [.. problems, .. learned, .. await DifferencesAsync()];
    }

    private async Task<bool> IsQuietAsync(string account, List<string> learned)
    {
        long before = (await SequencesAsync())[account];
        ReconcileAccountResponse answer = await _admin.ReconcileAccountAsync(new() { Account = account });
        long after = (await SequencesAsync())[account];
        if (after > before + 1)
        {
            learned.AddRange(
                (await deployment.Oms("journal", "--account", account)).Expect(0).Json
                    .Where(record => record.TryGetProperty("account_sequence", out JsonElement sequence)
                        && sequence.GetInt64() > before && sequence.GetInt64() <= after)
                    .Select(record => record.GetProperty("kind").GetString() ?? "")
                    .Where(kind => !EventsOfAsking.Contains(kind))
                    .Select(kind => $"{account} was asked again after all agreed, and had a {kind}"));
        }

        return answer.IsComplete && after == before + 1;
    }

    private async Task<Dictionary<string, long>> SequencesAsync() =>
        (await _accounts.ListAccountsAsync(new())).Accounts.ToDictionary(
            account => account.Name, account => account.LastSequence);
}
