namespace Oms.EndToEnd.Chaos;

/// <summary>What happens when in a campaign.</summary>
/// <param name="After">The start.</param>
/// <param name="Victim">The process that is killed with -9; null for none.</param>
/// <param name="Fault">What the exchange is told to do, in its JSON; null for nothing.</param>
internal sealed record CampaignStep(TimeSpan After, string? Victim, string? Fault)
{
    public override string ToString() => Victim is null ? Fault ?? "" : $"kill -9 {Victim}";
}
