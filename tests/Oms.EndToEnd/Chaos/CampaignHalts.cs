using Oms.V1;

namespace Oms.EndToEnd.Chaos;

/// <summary>
/// Somebody who looks at what FastPath halted. A futures account whose position differed is let go, once the halt is
/// confirmed and at most twice; every other halt is a problem, and stays.
/// </summary>
internal sealed class CampaignHalts(Deployment deployment, CampaignAccounts accounts, Action<string> say)
{
    private const int ResumedMax = 2;
    private const string Difference = "difference";

    private readonly RiskService.RiskServiceClient _client = new(deployment.Channel);
    private readonly HashSet<string> _futures = [.. accounts.Futures.Select(name => $"binance/{name}")];
    private readonly Dictionary<string, int> _resumed = [];
    private readonly HashSet<string> _leaving = [];
    private readonly HashSet<string> _problems = [];

    /// <summary>Every halt that should not be, one line each.</summary>
    public IReadOnlyCollection<string> Problems => _problems;

    /// <returns>Whether nothing is halted any more but what is a problem.</returns>
    public async Task<bool> ResumeAsync()
    {
        IList<Halt> halts = (await _client.ListHaltsAsync(new())).Halts;
        _leaving.IntersectWith(halts.Select(halt => halt.Name));
        bool isDone = true;
        foreach (Halt halt in halts)
        {
            if (!IsExpected(halt))
            {
                _ = _problems.Add($"{halt.Name} is halted for {halt.Reason}, resumed {TimesOf(halt)} times");
                continue;
            }

            isDone = false;
            if (halt.State == HaltState.Confirmed && !_leaving.Contains(halt.Name))
            {
                say($"resumes {halt.Name}, which is halted for {halt.Reason}");
                _ = await _client.ResumeAsync(new() { Scope = halt.Scope, Name = halt.Name });
                _ = _leaving.Add(halt.Name);
                _resumed[halt.Name] = TimesOf(halt) + 1;
            }
        }

        return isDone;
    }

    private bool IsExpected(Halt halt) =>
        halt is { Scope: HaltScope.Account, Reason: Difference }
        && _futures.Contains(halt.Name)
        && (TimesOf(halt) < ResumedMax || _leaving.Contains(halt.Name));

    private int TimesOf(Halt halt) => _resumed.GetValueOrDefault(halt.Name);
}
