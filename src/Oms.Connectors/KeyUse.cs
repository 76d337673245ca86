using Oms.Exchanges;
using Oms.Keys;

namespace Oms.Connectors;

/// <summary>A key at work: for whom it signs, and where another one for the same can be tried out.</summary>
internal sealed class KeyUse
{
    private readonly IExchange _exchange;
    private ExchangeKey _key;

    /// <param name="sample">What a key is tested with; null where nothing is listed.</param>
    public KeyUse(
        KeyOwner owner, bool isSubAccount, AccountCredentials credentials, ExchangeKey key, SampleOrder? sample,
        IExchange exchange)
    {
        (Owner, IsSubAccount, Credentials, Sample, _key, _exchange) =
            (owner, isSubAccount, credentials, sample, key, exchange);
        Own = new(credentials, exchange.OpenAccount([credentials]));
    }

    public KeyOwner Owner { get; }

    public bool IsSubAccount { get; }

    public AccountCredentials Credentials { get; }

    public SampleOrder? Sample { get; }

    /// <summary>To be asked something under the key that signs.</summary>
    public KeyTrial Own { get; }

    /// <summary>The key that signs.</summary>
    public ExchangeKey Key => Volatile.Read(ref _key);

    /// <summary>To be asked something under another key of the same account.</summary>
    public KeyTrial Trial(ExchangeKey key)
    {
        AccountCredentials credentials = Credentials.With(SigningKeys.Of(key));
        return new(credentials, _exchange.OpenAccount([credentials]));
    }

    /// <summary>From now on every request is signed with it, and none is being signed with the one before.</summary>
    public void Use(ExchangeKey key)
    {
        Volatile.Write(ref _key, key);
        Credentials.Use(SigningKeys.Of(key));
    }
}
