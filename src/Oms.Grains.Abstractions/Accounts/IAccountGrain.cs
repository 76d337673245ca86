namespace Oms.Grains.Accounts;

/// <summary>
/// An account, by its name <c>exchange/account</c>: how it is configured and limited, what it holds and whether it
/// may trade, as last heard.
/// </summary>
[Alias("Oms.Grains.IAccountGrain")]
public interface IAccountGrain : IGrainWithStringKey
{
    /// <summary>Stores a batch of the account's events; one that was stored before changes nothing.</summary>
    [Alias("Apply")]
    Task<BatchReceipt> Apply(AccountBatch batch);

    /// <summary>Takes over what configuration says.</summary>
    [Alias("Configure")]
    Task Configure(AccountSettings settings);

    /// <summary>The last of the account's sequences that is stored; 0 for none.</summary>
    [Alias("GetLastSequence")]
    Task<long> GetLastSequence();

    [Alias("GetView")]
    Task<AccountView> GetView();
}
