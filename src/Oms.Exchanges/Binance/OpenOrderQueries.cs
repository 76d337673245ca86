using System.Collections.Immutable;
using Oms.Domain.Messages;

namespace Oms.Exchanges.Binance;

/// <summary>Asks for open orders in the way that costs less: of each listing, or of all symbols at once.</summary>
internal static class OpenOrderQueries
{
    /// <param name="weightOfOne">What a question about one symbol costs.</param>
    /// <param name="weightOfAll">What a question about all of them costs.</param>
    /// <param name="ask">Asks with these parameters, at this weight.</param>
    public static Task<Outcome<ImmutableArray<OrderSeen>>> Ask(
        ListingCatalog listings, int weightOfOne, int weightOfAll,
        Func<RequestParameters, int, Task<Outcome<ImmutableArray<OrderSeen>>>> ask) =>
        listings.Listings.Length * weightOfOne < weightOfAll
            ? Outcomes.Concat(
                listings.Listings,
                listing => ask(
                    new RequestParameters().Add("symbol", listing.ExchangeSymbol.ToString()), weightOfOne))
            : ask(new(), weightOfAll);
}
