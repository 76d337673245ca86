using Oms.Domain.Ids;
using Oms.Domain.Instruments;

namespace Oms.Gateway.Listings;

/// <summary>An account by its number and its name.</summary>
internal sealed record KnownAccount(AccountId Id, string Name, string Exchange, MarketFlags Markets)
{
    public IEnumerable<Market> EnabledMarkets()
    {
        if (Markets.HasFlag(MarketFlags.Spot))
        {
            yield return Market.Spot;
        }

        if (Markets.HasFlag(MarketFlags.Futures))
        {
            yield return Market.Futures;
        }
    }
}
