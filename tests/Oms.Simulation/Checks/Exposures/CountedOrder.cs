using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Simulation.Exchange;
using Oms.Simulation.World;

namespace Oms.Simulation.Checks.Exposures;

/// <summary>An order as its reports tell of it.</summary>
/// <param name="last">The last report.</param>
/// <param name="alternative">Orders with the same are alternatives: one of them fills. 0 for none.</param>
/// <param name="isCommand">It was asked for by itself, or is the first of a list.</param>
/// <param name="isSuccessor">It takes the place of another order, once that is canceled.</param>
internal sealed class CountedOrder(in ExecutionReport last, int alternative, bool isCommand, bool isSuccessor)
{
    private const int BasisPoints = 10_000;

    public ExecutionReport Last { get; set; } = last;

    public int Alternative { get; } = alternative;

    /// <summary>It was asked for by itself, or is the first of a list.</summary>
    public bool IsCommand { get; } = isCommand;

    /// <summary>A change to it is on its way; 0 for none.</summary>
    public long AskedQuantity { get; set; }

    /// <summary>A change was asked for: what became of it may be known only when everything is at rest.</summary>
    public bool WasToChange { get; set; }

    public OrderTerms Terms => Last.Terms;

    public bool IsLive => !OrderLifecycle.IsFinal(Last.Status);

    public bool IsClosing => FuturesWallets.IsClosing(Last.Terms);

    /// <summary>What it may still trade, of the base asset at 8 decimals.</summary>
    public long Open => IsLive && !(isSuccessor && Last.Status == OrderStatus.Suspended)
        ? Venue.BaseAmount(Last.InstrumentId, Math.Max(0, Quantity - Last.CumulativeQuantity))
        : 0;

    /// <summary>What it is worth at least and at most, at the price at which it has to be reserved.</summary>
    public Span Worth
    {
        get
        {
            long leaves = Open / Venue.BaseAmount(Last.InstrumentId, 1);
            if (Terms.Type is OrderType.TrailingStop or OrderType.Market)
            {
                // Its stop moved since it was reserved, or it has no price but the market's of then.
                return new(0, Venue.Notional(Last.InstrumentId, 2 * Venue.FirstPrice(Last.InstrumentId), leaves));
            }

            long price = Terms.IsAtMarket
                ? Terms.IsBuy
                    ? Terms.StopPrice * (BasisPoints + Venue.CollarBasisPoints) / BasisPoints
                    : Terms.StopPrice
                : Terms.Price;
            return Span.Of(Venue.Notional(Last.InstrumentId, price, leaves));
        }
    }

    /// <summary>Until a change is made or refused the larger of both counts.</summary>
    private long Quantity => Math.Max(Terms.Quantity, AskedQuantity);
}
