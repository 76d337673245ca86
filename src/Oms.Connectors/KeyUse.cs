using Oms.Exchanges;
using Oms.Keys;

namespace Oms.Connectors;

/// <summary>A key at work: for whom it signs, and where another one for the same can be tried out.</summary>
internal sealed class KeyUse
{
    private readonly IExchange _exchange;
    private ExchangeKey _key;

    public KeyUse(KeyOwner owner, AccountCredentials credentials, ExchangeKey key, IExchange exchange)
    {
        (Owner, Credentials, _key, _exchange) = (owner, credentials, key, exchange);
        Account = exchange.OpenAccount([credentials]);
    }

    public KeyOwner Owner { get; }

    public AccountCredentials Credentials { get; }

    /// <summary>To be asked something under the key that signs.</summary>
    public IExchangeAccount Account { get; }

    /// <summary>The key that signs.</summary>
    public ExchangeKey Key => Volatile.Read(ref _key);

    /// <summary>To be asked something under another key of the same account.</summary>
    public IExchangeAccount Trial(ExchangeKey key) => _exchange.OpenAccount([Credentials.With(SigningKeys.Of(key))]);

    /// <summary>From now on every request is signed with it, and none is being signed with the one before.</summary>
    public void Use(ExchangeKey key)
    {
        Volatile.Write(ref _key, key);
        Credentials.Use(SigningKeys.Of(key));
    }
}
