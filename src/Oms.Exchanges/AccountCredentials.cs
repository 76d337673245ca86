using System.Net;
using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;

namespace Oms.Exchanges;

/// <summary>
/// An account and what it takes to speak for it: the secret itself stays with whoever signs.
/// </summary>
public sealed class AccountCredentials(AccountId id, AccountName name, Market market, SigningKey key)
{
    private readonly Lock _signing = new();
    private TaskCompletionSource _replaced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SigningKey _key = key;
    private string? _identity;

    public AccountId Id { get; } = id;

    public AccountName Name { get; } = name;

    /// <summary>Where the key is good.</summary>
    public Market Market { get; } = market;

    /// <summary>How positions are to be held; null where there are none, or it is left as it is.</summary>
    public PositionSettings? Positions { get; init; }

    /// <summary>
    /// The exchange's own name of the account, the same under each of its keys in one market; null before the account
    /// said what it holds, or where the exchange tells none.
    /// </summary>
    public string? Identity
    {
        get => Volatile.Read(ref _identity);
        set => Volatile.Write(ref _identity, value);
    }

    /// <summary>The key is only tried out: whose it is, is not known yet.</summary>
    public bool IsTrial { get; private init; }

    /// <summary>The address of this host that it speaks from; null for whichever the system takes.</summary>
    public IPAddress? Source { get; init; }

    /// <summary>What signs now. To be signed with only inside of <see cref="Sign"/>.</summary>
    public SigningKey Key => Volatile.Read(ref _key);

    /// <summary>Is told, with the exchange's words, when the exchange refuses a request for its key.</summary>
    public Action<string> KeyRefused { get; set; } = static _ => { };

    /// <summary>Makes something with the key that signs now; it stays that one while this is made.</summary>
    public TSigned Sign<TSigned>(Func<SigningKey, TSigned> make)
    {
        lock (_signing)
        {
            return make(_key);
        }
    }

    /// <summary>
    /// From now on another key signs. When this returns, nothing is being signed with the one before any more.
    /// </summary>
    public void Use(SigningKey key)
    {
        TaskCompletionSource replaced;
        lock (_signing)
        {
            replaced = _replaced;
            _key = key;
            _replaced = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        replaced.SetResult();
    }

    /// <summary>Completes when a key signs no more.</summary>
    public Task Replaced(SigningKey key)
    {
        lock (_signing)
        {
            return key == _key ? _replaced.Task : Task.CompletedTask;
        }
    }

    /// <summary>The same account under another key, to try that out.</summary>
    public AccountCredentials With(SigningKey key) =>
        new(Id, Name, Market, key) { Positions = Positions, Source = Source, IsTrial = true };

    /// <summary>Names the account; shows no key.</summary>
    public override string ToString() => Name.ToString();
}
