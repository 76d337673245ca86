using Oms.Domain.Ids;

namespace Oms.Exchanges;

/// <summary>
/// What happens to the accounts' orders, as the exchange tells it. Nothing is replayed after a loss: whoever
/// listens gathers evidence each time that a stream comes up.
/// </summary>
public interface IPrivateStream
{
    /// <summary>
    /// What the account must have been told did not come: however alive its connection looks, it is made anew.
    /// </summary>
    void Doubt(AccountId account);

    /// <summary>Keeps the stream up until cancelled; reconnects by itself.</summary>
    Task Run(IExchangeListener listener, CancellationToken cancellation);
}
