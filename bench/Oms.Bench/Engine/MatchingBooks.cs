using System.Diagnostics;
using Oms.Bench.Workloads;
using Oms.Matching;

namespace Oms.Bench.Engine;

/// <summary>
/// Books of <c>Oms.Matching</c> on one pool, with a table of handles by order id: looked up at each cancel,
/// written at each order that rests, and cleared when it is gone.
/// </summary>
internal sealed class MatchingBooks : IBooks
{
    private readonly OrderBook[] _books;
    private readonly OrderHandle[] _handles;

    public MatchingBooks(Workload workload, int tickSize)
    {
        // The generator stops adding at twice the prefill.
        OrderPool pool = new(workload.Prefill.Length * 2);
        _books = [.. Enumerable.Range(0, workload.Symbols).Select(_ => new OrderBook(pool, tickSize))];
        _handles = new OrderHandle[workload.LastId + 1];
    }

    public void Dispose()
    {
        // Nothing but memory.
    }

    public int OrderCount => _books.Sum(book => book.OrderCount);

    public void Execute(ReadOnlySpan<WorkloadCommand> commands, EventBuffer events)
    {
        FillWriter writer = new(events, _handles);
        foreach (ref readonly WorkloadCommand command in commands)
        {
            OrderBook book = _books[command.Symbol];
            if (command.Kind == CommandKind.Cancel)
            {
                Cancel(book, command, events);
            }
            else
            {
                writer.Symbol = command.Symbol;
                Place(book, command, ref writer, events);
            }
        }
    }

    public IEnumerable<(long Price, long Quantity)> Levels(int symbol, int side)
    {
        BookLevel[] levels = new BookLevel[_books[symbol].LevelCount((BookSide)side)];
        _ = _books[symbol].CopyLevels((BookSide)side, levels);
        return levels.Select(level => (level.Price, level.Quantity));
    }

    private void Cancel(OrderBook book, in WorkloadCommand command, EventBuffer events)
    {
        OrderHandle handle = _handles[command.Id];
        EventKind kind = EventKind.CancelMissed;
        long quantity = 0;
        if (!handle.IsNone && book.TryCancel(handle, command.Id, out quantity))
        {
            _handles[command.Id] = OrderHandle.None;
            kind = EventKind.Canceled;
        }

        events.Add(new BookEvent(command.Id, 0, quantity, 0, command.Symbol, kind, 0));
    }

    private void Place(
        OrderBook book, in WorkloadCommand command, ref FillWriter writer, EventBuffer events)
    {
        BookOrder order = new(command.Id, (BookSide)command.Side, command.Price, command.Quantity)
        {
            Owner = new OrderOwner(command.Account),
            Rule = command.Kind == CommandKind.Add ? MatchingRule.Rest : MatchingRule.ImmediateOrCancel,
        };
        Placement placement = book.Place(order, ref writer);
        _handles[command.Id] = placement.Handle;
        events.Add(new BookEvent(
            command.Id, command.Price, placement.LeavesQuantity, 0, command.Symbol, EventKind.Acknowledged,
            command.Side));
    }

    /// <summary>Turns fills into events, and forgets makers that are gone.</summary>
    private struct FillWriter(EventBuffer events, OrderHandle[] handles) : IFillSink
    {
        public ushort Symbol { get; set; }

        public readonly void OnFill(in Fill fill)
        {
            events.Add(new BookEvent(
                fill.MakerOrderId, fill.Price, fill.Quantity, (uint)fill.TakerOrderId, Symbol,
                EventKind.Filled, 0));
            if (fill.MakerLeavesQuantity == 0)
            {
                handles[fill.MakerOrderId] = OrderHandle.None;
            }
        }

        // The workload has no use for either.
        public readonly void OnSelfTradePrevented(in PreventedTrade prevented) =>
            throw new UnreachableException();

        public readonly void OnReplenished(in Replenishment replenishment) =>
            throw new UnreachableException();
    }
}
