using System.Collections.Concurrent;
using Oms.Domain.Ids;

namespace Oms.Exchanges.Binance.Spot;

/// <summary>
/// Binance's own numbers of our accounts (<c>uid</c> of an account, <c>subUserId</c> in the list of sub-accounts): by
/// them an account is found whose e-mail address nobody configured.
/// </summary>
internal sealed class UserNumbers
{
    private readonly ConcurrentDictionary<AccountId, long> _byAccount = new();
    private readonly ConcurrentDictionary<AccountId, AccountCredentials> _known = new();

    /// <summary>Of an account that does not trade here, and says its number only when it is asked.</summary>
    public void Know(AccountCredentials account) => _known[account.Id] = account;

    /// <summary>Null for an account that trades here: it says its number by itself.</summary>
    public AccountCredentials? CredentialsOf(AccountId account) => _known.GetValueOrDefault(account);

    public void Note(AccountId account, long userId) => _byAccount[account] = userId;

    /// <summary>False before the account said what it holds.</summary>
    public bool TryFind(AccountId account, out long userId) => _byAccount.TryGetValue(account, out userId);
}
