using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;

namespace Oms.Exchanges;

/// <summary>
/// An account and what it takes to speak for it: the secret itself stays with whoever signs.
/// </summary>
public sealed class AccountCredentials(AccountId id, AccountName name, Market market, SigningKey key)
{
    private SigningKey _key = key;

    public AccountId Id { get; } = id;

    public AccountName Name { get; } = name;

    /// <summary>Where the key is good.</summary>
    public Market Market { get; } = market;

    /// <summary>How positions are to be held; null where there are none, or it is left as it is.</summary>
    public PositionSettings? Positions { get; init; }

    /// <summary>What signs now. Whoever signs reads it once per request, and takes both halves from what it read.
    /// </summary>
    public SigningKey Key
    {
        get => Volatile.Read(ref _key);
        set => Volatile.Write(ref _key, value);
    }

    /// <summary>Is told, with the exchange's words, when the exchange refuses a request for its key.</summary>
    public Action<string> KeyRefused { get; set; } = static _ => { };

    /// <summary>The same account under another key, to try that out.</summary>
    public AccountCredentials With(SigningKey key) => new(Id, Name, Market, key) { Positions = Positions };

    /// <summary>Names the account; shows no key.</summary>
    public override string ToString() => Name.ToString();
}
