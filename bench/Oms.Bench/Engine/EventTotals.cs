using Oms.Bench.Workloads;

namespace Oms.Bench.Engine;

/// <summary>Adds events up as the published results do.</summary>
internal sealed record EventTotals
{
    private Checksum _trades = new();

    public long Trades { get; private set; }

    public long Quantity { get; private set; }

    public long Notional { get; private set; }

    public long Hits { get; private set; }

    public long Misses { get; private set; }

    /// <summary>Of the events as a timed pass reads them.</summary>
    public ulong Digest { get; init; }

    /// <summary>Of all trades: maker, taker, price, quantity.</summary>
    public string TradeHash => _trades.ToString();

    public void Add(ReadOnlySpan<BookEvent> events)
    {
        foreach (ref readonly BookEvent happened in events)
        {
            switch (happened.Kind)
            {
                case EventKind.Filled:
                    Trades++;
                    Quantity += happened.Quantity;
                    Notional += happened.Price * happened.Quantity;
                    _trades.Fold(happened.OrderId);
                    _trades.Fold(happened.Counterpart);
                    _trades.Fold(happened.Price);
                    _trades.Fold(happened.Quantity);
                    break;
                case EventKind.Canceled:
                    Hits++;
                    break;
                case EventKind.CancelMissed:
                    Misses++;
                    break;
                case EventKind.Acknowledged:
                    break;
            }
        }
    }
}
