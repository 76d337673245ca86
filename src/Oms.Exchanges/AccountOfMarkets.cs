using System.Collections.Immutable;
using Oms.Domain;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.Exchanges;

/// <summary>An account in all of its markets: an order goes where its instrument is listed.</summary>
internal sealed class AccountOfMarkets(
    ImmutableArray<(Market Market, ListingCatalog Listings, IExchangeAccount Account)> markets) : IExchangeAccount
{
    public ExchangeCapabilities CapabilitiesOf(Market market) => In(market).CapabilitiesOf(market);

    public ExchangeCapabilities CapabilitiesOf(InstrumentId instrument) => Of(instrument).CapabilitiesOf(instrument);

    public Task<Outcome<KeyRights>> QueryKeyRights(Market market, CancellationToken cancellation) =>
        In(market).QueryKeyRights(market, cancellation);

    public RequestsLeft RequestsLeft(Market market) => In(market).RequestsLeft(market);

    public Task KeepOpen(CancellationToken cancellation) =>
        Task.WhenAll(markets.Select(market => market.Account.KeepOpen(cancellation)));

    public Task<Outcome<OrderEvidence>> Place(
        SubmitOrder order, CancellationToken cancellation, CancellationToken withdrawn) =>
        Of(order.InstrumentId).Place(order, cancellation, withdrawn);

    public Task<Outcome<ImmutableArray<OrderSeen>>> PlaceList(OrderList list, CancellationToken cancellation) =>
        Of(list.Legs[0].InstrumentId).PlaceList(list, cancellation);

    public Task<Outcome<OrderTerms>> Test(
        InstrumentId instrument, OrderTerms terms, CancellationToken cancellation) =>
        Of(instrument).Test(instrument, terms, cancellation);

    public Task<Outcome<OrderSeen>> Amend(SubmitAmend amend, CancellationToken cancellation) =>
        Of(amend.InstrumentId).Amend(amend, cancellation);

    public Task<Outcome<OrderSeen>> Cancel(SubmitCancel cancel, CancellationToken cancellation) =>
        Of(cancel.InstrumentId).Cancel(cancel, cancellation);

    public Task<Outcome<ImmutableArray<OrderSeen>>> CancelAll(
        ImmutableArray<SubmitCancel> cancels, CancellationToken cancellation) =>
        Of(cancels[0].InstrumentId).CancelAll(cancels, cancellation);

    public Task<Outcome<OrderSeen>> QueryOrder(ResolveOrder request, CancellationToken cancellation) =>
        Of(request.InstrumentId).QueryOrder(request, cancellation);

    public Task<Outcome<ImmutableArray<TradeSeen>>> QueryTrades(OrderSeen order, CancellationToken cancellation) =>
        Of(order.InstrumentId).QueryTrades(order, cancellation);

    public Task<Outcome<ImmutableArray<OrderSeen>>> QueryOpenOrders(CancellationToken cancellation) =>
        Outcomes.Concat(markets, market => market.Account.QueryOpenOrders(cancellation));

    public Task<Outcome<ImmutableArray<PositionSeen>>> QueryPositions(CancellationToken cancellation) =>
        Outcomes.Concat(markets, market => market.Account.QueryPositions(cancellation));

    public Task<Outcome<ImmutableArray<TradeSeen>>> QueryTradesOfOthers(CancellationToken cancellation) =>
        Outcomes.Concat(markets, market => market.Account.QueryTradesOfOthers(cancellation));

    public Task<Outcome<ImmutableArray<FundingSeen>>> QueryFunding(CancellationToken cancellation) =>
        Outcomes.Concat(markets, market => market.Account.QueryFunding(cancellation));

    public Task<Outcome<ImmutableArray<BalanceSeen>>> QueryBalances(CancellationToken cancellation) =>
        Outcomes.Concat(markets, market => market.Account.QueryBalances(cancellation));

    private IExchangeAccount In(Market market) => markets.First(each => each.Market == market).Account;

    private IExchangeAccount Of(InstrumentId instrument)
    {
        foreach ((_, ListingCatalog listings, IExchangeAccount account) in markets)
        {
            if (listings.TryFind(instrument, out _))
            {
                return account;
            }
        }

        // The engine sends no order of a market that the account has not enabled.
        throw new InvariantBrokenException($"instrument {instrument} is in no market of the account");
    }
}
