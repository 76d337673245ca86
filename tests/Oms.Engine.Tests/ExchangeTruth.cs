using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.Engine.Tests;

/// <summary>What truly happened to an order at its exchange, and how stream and query tell it.</summary>
/// <param name="sizes">Of its fills.</param>
/// <param name="before">Its terms at first.</param>
/// <param name="after">Its terms at last.</param>
/// <param name="changedAfter">How many fills it had when they changed; 0 for none.</param>
internal sealed class ExchangeTruth(int[] sizes, OrderTerms before, OrderTerms after, int changedAfter)
{
    public delegate OrderSeen SeenOf(
        EvidenceSource source, ExchangeOrderStatus status, long cumulative, OrderTerms terms);

    public delegate TradeSeen TradeOf(EvidenceSource source, int index);

    /// <summary>Each change as it happened.</summary>
    public Queue<Action> Stream(Desk desk, SeenOf seen, TradeOf trade, ExchangeOrderStatus last)
    {
        var said = new Queue<Action>();
        void Tell(ExchangeOrderStatus status, long cumulative, OrderTerms terms) =>
            said.Enqueue(() => desk.Send(seen(EvidenceSource.Stream, status, cumulative, terms)));
        Tell(ExchangeOrderStatus.New, 0, before);
        long cumulative = 0;
        for (int index = 0; index < sizes.Length; index++)
        {
            int fill = index;
            said.Enqueue(() => desk.Send(trade(EvidenceSource.Stream, fill)));
            cumulative += sizes[index];
            if (index + 1 == changedAfter)
            {
                Tell(ExchangeOrderStatus.PartiallyFilled, cumulative, after);
            }
        }

        Tell(last, cumulative, after);
        return said;
    }

    /// <summary>Its trades, and what is left of it, once it is over.</summary>
    public Queue<Action> Query(Desk desk, SeenOf seen, TradeOf trade, ExchangeOrderStatus last)
    {
        var said = new Queue<Action>();
        for (int index = 0; index < sizes.Length; index++)
        {
            int fill = index;
            said.Enqueue(() => desk.Send(trade(EvidenceSource.Query, fill)));
        }

        said.Enqueue(() => desk.Send(seen(EvidenceSource.Query, last, sizes.Sum(), after)));
        return said;
    }
}
