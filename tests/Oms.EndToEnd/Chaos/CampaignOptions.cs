namespace Oms.EndToEnd.Chaos;

/// <summary>How long, over how many accounts, and by which dice.</summary>
/// <param name="Duration">For how long orders are placed and faults strike; the comparison comes after it.</param>
/// <param name="Seed">Decides the faults, the deaths, and every trader's choices.</param>
/// <param name="Accounts">1 main account, and its sub-accounts; every third trades futures, the others spot.</param>
/// <param name="IsCalm">Nothing fails and nobody is killed: then the exchange's limits may not be met either.</param>
internal sealed record CampaignOptions(TimeSpan Duration, int Seed, int Accounts, bool IsCalm = false)
{
    public const int AccountsDefault = 50;
}
