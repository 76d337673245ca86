using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;

namespace Oms.Exchanges;

/// <summary>
/// An account and what it takes to speak for it: the secret itself stays with whoever signs.
/// </summary>
public sealed class AccountCredentials(
    AccountId id, AccountName name, Market market, string apiKey, HmacSha256 sign)
{
    public AccountId Id { get; } = id;

    public AccountName Name { get; } = name;

    /// <summary>Where the key is good.</summary>
    public Market Market { get; } = market;

    /// <summary>How positions are to be held; null where there are none, or it is left as it is.</summary>
    public PositionSettings? Positions { get; init; }

    public string ApiKey { get; } = apiKey;

    public HmacSha256 Sign { get; } = sign;

    /// <summary>Names the account; shows no key.</summary>
    public override string ToString() => Name.ToString();
}
