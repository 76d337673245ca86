using Oms.Domain.Accounts;
using Oms.Domain.Configuration;
using Oms.Domain.Instruments;

namespace Oms.Keys;

/// <summary>Whom a key speaks for: an account in one market.</summary>
public readonly record struct KeyOwner(AccountName Account, Market Market)
{
    /// <summary><c>{exchange}_{market}_{account}</c>: what Vault calls it.</summary>
    public string Token => $"{Account.Exchange}_{MarketToken}_{Account.Account}";

    public string MarketToken => Market switch
    {
        Market.Spot => "spot",
        Market.Futures => "futures",
    };

    /// <summary>The owners that an account is: one for each of these markets that it has enabled.</summary>
    public static IEnumerable<KeyOwner> Of(AccountConfiguration account, MarketFlags markets)
    {
        if ((account.Markets & markets).HasFlag(MarketFlags.Spot))
        {
            yield return new(account.Name, Market.Spot);
        }

        if ((account.Markets & markets).HasFlag(MarketFlags.Futures))
        {
            yield return new(account.Name, Market.Futures);
        }
    }

    public override string ToString() => $"{Account} {MarketToken}";
}
