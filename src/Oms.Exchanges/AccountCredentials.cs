using Oms.Domain.Accounts;
using Oms.Domain.Ids;

namespace Oms.Exchanges;

/// <summary>
/// An account and what it takes to speak for it: the secret itself stays with whoever signs.
/// </summary>
public sealed class AccountCredentials(AccountId id, AccountName name, string apiKey, HmacSha256 sign)
{
    public AccountId Id { get; } = id;

    public AccountName Name { get; } = name;

    public string ApiKey { get; } = apiKey;

    public HmacSha256 Sign { get; } = sign;

    /// <summary>Names the account; shows no key.</summary>
    public override string ToString() => Name.ToString();
}
