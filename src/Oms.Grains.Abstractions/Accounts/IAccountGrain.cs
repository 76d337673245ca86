namespace Oms.Grains.Accounts;

/// <summary>
/// An account, by its name <c>exchange/account</c>: what it holds and whether it may trade, as last heard.
/// </summary>
[Alias("Oms.Grains.IAccountGrain")]
public interface IAccountGrain : IGrainWithStringKey
{
    /// <summary>Stores a batch of the account's events; one that was stored before changes nothing.</summary>
    [Alias("Apply")]
    Task<BatchReceipt> Apply(AccountBatch batch);

    [Alias("GetView")]
    Task<AccountView> GetView();
}
