using System.Collections.Immutable;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.Exchanges;

/// <summary>
/// Sends orders and cancels. Each call sends its order at most once, or again where it is proven that it was not
/// executed.
/// </summary>
public interface IOrderEntry
{
    /// <summary>
    /// Keeps the fastest way to the exchange open, for as long as it is wanted, and tells the exchange that somebody
    /// lives, where that is configured; orders go without it too.
    /// </summary>
    Task KeepOpen(CancellationToken cancellation);

    /// <summary>
    /// Sends a new order under its wire client order id. Accepted: the state after it, and its fills.
    /// Never throws for what the exchange or the network does.
    /// </summary>
    /// <param name="withdrawn">It is no longer wanted: as long as it waits for the exchange's limits, it is not sent.
    /// </param>
    Task<Outcome<OrderEvidence>> Place(
        SubmitOrder order, CancellationToken cancellation, CancellationToken withdrawn = default);

    /// <summary>
    /// Sends a list of orders, which the exchange takes or refuses as a whole; to be asked for what
    /// <see cref="ExchangeCapabilities.Lists"/> has. Accepted: the state of each order, in the order of the list;
    /// trades of what filled at once are told by the stream, or to who asks.
    /// </summary>
    Task<Outcome<ImmutableArray<OrderSeen>>> PlaceList(OrderList list, CancellationToken cancellation);

    /// <summary>
    /// Has an order checked as a new one would be, and not executed; to be asked where
    /// <see cref="ExchangeCapabilities.TestsOrders"/>. Accepted: the exchange would have taken it.
    /// </summary>
    Task<Outcome<OrderTerms>> Test(InstrumentId instrument, OrderTerms terms, CancellationToken cancellation);

    /// <summary>
    /// Changes price and quantity of an order that rests. Accepted: the state after it, in its new terms.
    /// </summary>
    Task<Outcome<OrderSeen>> Amend(SubmitAmend amend, CancellationToken cancellation);

    /// <summary>Cancels. Accepted: the state after it. Sending a cancel twice does no harm.</summary>
    Task<Outcome<OrderSeen>> Cancel(SubmitCancel cancel, CancellationToken cancellation);

    /// <summary>
    /// Cancels everything that works at a listing, whoever placed it: for the halt of a whole account, and nothing
    /// narrower. To be asked where <see cref="ExchangeCapabilities.CancelsAll"/>. Accepted: it is done, and the states
    /// after it of those that the exchange tells; of the others its stream does.
    /// </summary>
    /// <param name="cancels">Of orders of the listing that the exchange has shown, one at least.</param>
    Task<Outcome<ImmutableArray<OrderSeen>>> CancelAll(
        ImmutableArray<SubmitCancel> cancels, CancellationToken cancellation);
}
