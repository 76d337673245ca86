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

    /// <summary>The same fault, of which the dice spare nothing.</summary>
    public CampaignStep Surely()
    {
        JsonNode? fault = Fault is null ? null : JsonNode.Parse(Fault);
        if (fault?["percent"] is null)
        {
            return this;
        }

        fault["percent"] = 100;
        return this with { Fault = fault.ToJsonString() };
    }

    public override string ToString() => Victim is null ? Fault ?? "" : $"kill -9 {Victim}";
}
