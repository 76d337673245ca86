using System.Collections.Immutable;
using Oms.Domain.Messages;

namespace Oms.Exchanges;

/// <summary>
/// Asks the exchange for the truth. A question that failed is never answered with an empty list.
/// </summary>
public interface IAccountEvidence
{
    /// <summary>
    /// The state of an order, asked for by the exchange's number, or where that is not known by its wire client
    /// order id. Refused with
    /// <see cref="Domain.Orders.RejectReason.ExchangeOrderUnknown"/>: the exchange does not have it now.
    /// </summary>
    Task<Outcome<OrderSeen>> QueryOrder(ResolveOrder request, CancellationToken cancellation);

    /// <summary>Every trade of an order, oldest first.</summary>
    Task<Outcome<ImmutableArray<TradeSeen>>> QueryTrades(OrderSeen order, CancellationToken cancellation);

    /// <summary>
    /// Every order of a listed instrument that works now; one that is not ours has no id of ours.
    /// </summary>
    Task<Outcome<ImmutableArray<OrderSeen>>> QueryOpenOrders(CancellationToken cancellation);

    /// <summary>
    /// Every futures position of a listed instrument, and the leverage of those without one; nothing of a market that
    /// has no positions.
    /// </summary>
    Task<Outcome<ImmutableArray<PositionSeen>>> QueryPositions(CancellationToken cancellation);

    /// <summary>
    /// What orders that are not ours lately filled, as far as positions depend on it: by hand, by another program, by
    /// the exchange itself; nothing of a market that has no positions.
    /// </summary>
    Task<Outcome<ImmutableArray<TradeSeen>>> QueryTradesOfOthers(CancellationToken cancellation);

    /// <summary>What was lately paid and got for holding positions, oldest first.</summary>
    Task<Outcome<ImmutableArray<FundingSeen>>> QueryFunding(CancellationToken cancellation);

    /// <summary>Every configured asset, also those of which there is nothing.</summary>
    Task<Outcome<ImmutableArray<BalanceSeen>>> QueryBalances(CancellationToken cancellation);
}
