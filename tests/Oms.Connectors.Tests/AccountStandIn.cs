using System.Collections.Immutable;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Exchanges;

namespace Oms.Connectors.Tests;

/// <summary>An account whose exchange answers a test's questions with what the test says; it takes no orders.</summary>
internal sealed class AccountStandIn : IExchangeAccount
{
    public Func<Outcome<ImmutableArray<BalanceSeen>>> Balances { get; init; } = () =>
        Outcome<ImmutableArray<BalanceSeen>>.Of([]);

    public Func<OrderTerms, Outcome<OrderTerms>> Testing { get; init; } = Outcome<OrderTerms>.Of;

    public Func<Outcome<ImmutableArray<OrderSeen>>> CancelingAll { get; init; } = () =>
        Outcome<ImmutableArray<OrderSeen>>.Of([]);

    public Func<CancellationToken, Task<Outcome<ImmutableArray<OrderSeen>>>> OpenOrders { get; init; } = _ =>
        Task.FromResult(Outcome<ImmutableArray<OrderSeen>>.Of([]));

    public ExchangeCapabilities CapabilitiesOf(Market market) => new()
    {
        TestsOrders = true,
        TellsKeyRights = false,
        OrdersPerRequestMax = 1,
        CancelsPerRequestMax = 1,
        CancelsAll = true,
        Lists = OrderListKinds.None,
        HasDeadMansSwitch = false,
    };

    public ExchangeCapabilities CapabilitiesOf(InstrumentId instrument) => CapabilitiesOf(Market.Futures);

    public Task<Outcome<ImmutableArray<BalanceSeen>>> QueryBalances(CancellationToken cancellation) =>
        Task.FromResult(Balances());

    public Task<Outcome<OrderTerms>> Test(
        InstrumentId instrument, OrderTerms terms, CancellationToken cancellation) => Task.FromResult(Testing(terms));

    public Task<Outcome<ImmutableArray<OrderSeen>>> CancelAll(
        ImmutableArray<SubmitCancel> cancels, CancellationToken cancellation) => Task.FromResult(CancelingAll());

    public Task<Outcome<ImmutableArray<OrderSeen>>> QueryOpenOrders(CancellationToken cancellation) =>
        OpenOrders(cancellation);

    public Task KeepOpen(CancellationToken cancellation) => Task.CompletedTask;

    public RequestsLeft RequestsLeft(Market market) => throw new NotSupportedException();

    public Task<Outcome<KeyRights>> QueryKeyRights(Market market, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<Outcome<OrderEvidence>> Place(
        SubmitOrder order, CancellationToken cancellation, CancellationToken withdrawn = default) =>
        throw new NotSupportedException();

    public Task<Outcome<ImmutableArray<OrderSeen>>> PlaceList(OrderList list, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<Outcome<OrderSeen>> Amend(SubmitAmend amend, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<Outcome<OrderSeen>> Cancel(SubmitCancel cancel, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<Outcome<OrderSeen>> QueryOrder(ResolveOrder request, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<Outcome<ImmutableArray<TradeSeen>>> QueryTrades(OrderSeen order, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<Outcome<ImmutableArray<PositionSeen>>> QueryPositions(CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<Outcome<ImmutableArray<TradeSeen>>> QueryTradesOfOthers(CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<Outcome<ImmutableArray<FundingSeen>>> QueryFunding(CancellationToken cancellation) =>
        throw new NotSupportedException();
}
