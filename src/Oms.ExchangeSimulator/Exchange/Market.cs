using Oms.Matching;

namespace Oms.ExchangeSimulator.Exchange;

/// <summary>One symbol's book, its public record, and who of the crowd rests where.</summary>
internal sealed class Market
{
    private const int OrderCapacity = 16_384;
    private const int PublicTradesKept = 1_000;

    private readonly Dictionary<DepthSpeed, DepthRecorder> _recorders;
    private readonly Dictionary<long, long> _crowdBids = [];
    private readonly Dictionary<long, long> _crowdAsks = [];

    private (BookLevel Bid, BookLevel Ask) _top;

    /// <param name="speeds">At which its depth is published.</param>
    public Market(ListedSymbol symbol, IEnumerable<DepthSpeed> speeds, long firstId)
    {
        Listed = symbol;
        Symbol = symbol;
        _recorders = speeds.ToDictionary(speed => speed, _ => new DepthRecorder());
        Book = new OrderBook(new OrderPool(OrderCapacity), symbol.Rules.TickSize);
        Orders = new RestingOrders(Book);
        AveragePrice = new AveragePrice(symbol.Rules.AveragePriceMinutes);
        UpdateId = firstId;
        LastTradeId = firstId;
    }

    /// <summary>As it was listed first.</summary>
    public ListedSymbol Listed { get; }

    /// <summary>With the rules that hold now.</summary>
    public ListedSymbol Symbol { get; private set; }

    /// <summary>False when it takes no orders.</summary>
    public bool IsTrading { get; set; } = true;

    /// <summary>To be read; <see cref="Orders"/> change it.</summary>
    public OrderBook Book { get; }

    public RestingOrders Orders { get; }

    public AveragePrice AveragePrice { get; }

    public Queue<PublicTrade> PublicTrades { get; } = new();

    public long UpdateId { get; private set; }

    public long LastTradeId { get; private set; }

    /// <summary>How many trades of an account with itself were prevented; their ids count from 0.</summary>
    public long PreventedMatchCount { get; set; }

    public long LastPrice { get; private set; }

    /// <summary>The conditional orders that wait for their price, the oldest first.</summary>
    public List<ClientOrder> Waiting { get; } = [];

    public bool HasCrowd { get; set; }

    /// <summary>The crowd's order at each price of a side.</summary>
    public Dictionary<long, long> CrowdOf(BookSide side) => side == BookSide.Bid ? _crowdBids : _crowdAsks;

    /// <summary>Other rules hold from now on; open orders stay as they are.</summary>
    public void Change(SymbolRules rules) => Symbol = Symbol with { Rules = rules };

    public long NextTradeId() => ++LastTradeId;

    /// <summary>Records that a level changed; called after the book did.</summary>
    public void Touch(BookSide side, long price)
    {
        UpdateId++;
        foreach (DepthRecorder recorder in _recorders.Values)
        {
            recorder.Touch(side, price, UpdateId);
        }
    }

    public DepthDiff? TakeDiff(DepthSpeed speed) => _recorders[speed].Take(Book, UpdateId);

    public void Publish(in PublicTrade trade)
    {
        LastPrice = trade.Price;
        AveragePrice.Add(trade);
        PublicTrades.Enqueue(trade);
        if (PublicTrades.Count > PublicTradesKept)
        {
            _ = PublicTrades.Dequeue();
        }
    }

    /// <summary>Whether the best bid or ask is another than at the last call.</summary>
    public bool TopOfBookMoved()
    {
        _ = Book.TryGetBest(BookSide.Bid, out BookLevel bid);
        _ = Book.TryGetBest(BookSide.Ask, out BookLevel ask);
        bool isMoved = (bid, ask) != _top;
        _top = (bid, ask);
        return isMoved;
    }

    /// <summary>The price that market orders and price bands are judged by.</summary>
    public long ReferencePrice(long nowMs)
    {
        long average = AveragePrice.At(nowMs);
        if (average > 0 || !Book.TryGetBest(BookSide.Bid, out BookLevel bid)
            || !Book.TryGetBest(BookSide.Ask, out BookLevel ask))
        {
            return average;
        }

        return (bid.Price + ask.Price) / 2;
    }
}
