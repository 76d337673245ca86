using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;

namespace Oms.Gateway.Listings;

/// <summary>An account by its number and its name.</summary>
internal sealed record KnownAccount(
    AccountId Id, string Name, string Exchange, MarketFlags Markets, AccountDefined Definition)
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
