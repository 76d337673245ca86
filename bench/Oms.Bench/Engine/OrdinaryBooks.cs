using Oms.Bench.Workloads;

namespace Oms.Bench.Engine;

/// <summary>One ordinary book per symbol. Each finds its orders by id itself.</summary>
internal sealed class OrdinaryBooks(Workload workload) : IBooks
{
    private readonly OrdinaryBook[] _books =
        [.. Enumerable.Range(0, workload.Symbols).Select(_ => new OrdinaryBook())];

    public void Dispose()
    {
        // Nothing but memory.
    }

    public int OrderCount => _books.Sum(book => book.OrderCount);

    public void Execute(ReadOnlySpan<WorkloadCommand> commands, EventBuffer events)
    {
        foreach (ref readonly WorkloadCommand command in commands)
        {
            OrdinaryBook book = _books[command.Symbol];
            if (command.Kind == CommandKind.Cancel)
            {
                long quantity = book.Cancel(command.Id);
                EventKind kind = quantity > 0 ? EventKind.Canceled : EventKind.CancelMissed;
                events.Add(new BookEvent(command.Id, 0, quantity, 0, command.Symbol, kind, 0));
            }
            else
            {
                long leaves = book.Place(command, events);
                events.Add(new BookEvent(
                    command.Id, command.Price, leaves, 0, command.Symbol, EventKind.Acknowledged,
                    command.Side));
            }
        }
    }

    public IEnumerable<(long Price, long Quantity)> Levels(int symbol, int side) =>
        _books[symbol].Levels(side);
}
