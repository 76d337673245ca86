using System.Text.Json.Nodes;

namespace Oms.EndToEnd.Chaos;

/// <summary>What happens when in a campaign.</summary>
/// <param name="After">The start.</param>
/// <param name="Victim">The process that is killed with -9; null for none.</param>
/// <param name="Fault">What the exchange is told to do, in its JSON; null for nothing.</param>
internal sealed record CampaignStep(TimeSpan After, string? Victim, string? Fault)
{
    /// <summary>The fault's name as the exchange counts it; null for a death.</summary>
    public string? Kind => Fault is null ? null : JsonNode.Parse(Fault)!["kind"]!.GetValue<string>();

    /// <summary>
    /// Whether it needs an account that holds something: of several in a round, those that find theirs flat are spare.
    /// </summary>
    public bool IsOfHolder => Kind is "liquidate" or "deleverage";

    /// <summary>The same fault, of which the dice spare nothing; one that needs a holder, for every account.</summary>
    /// <param name="accounts">Who may hold something.</param>
    public IEnumerable<CampaignStep> Surely(IReadOnlyList<string> accounts)
    {
        JsonObject fault = JsonNode.Parse(Fault ?? "{}")!.AsObject();
        if (IsOfHolder)
        {
            foreach (string account in accounts)
            {
                fault["account"] = account;
                yield return this with { Fault = fault.ToJsonString() };
            }

            yield break;
        }

        if (fault.ContainsKey("percent"))
        {
            fault["percent"] = 100;
        }

        yield return this with { Fault = fault.ToJsonString() };
    }

    public override string ToString() => Victim is null ? Fault ?? "" : $"kill -9 {Victim}";
}
