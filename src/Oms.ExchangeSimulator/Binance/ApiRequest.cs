using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>A request that passed authentication, whichever transport brought it.</summary>
/// <param name="Key">Null on public calls.</param>
internal sealed record ApiRequest(RequestParameters Parameters, ApiKey? Key)
{
    /// <summary>The account of a call that is never public.</summary>
    public Account Caller => Key?.Account ?? throw new InvalidOperationException("the call is not signed");
}
