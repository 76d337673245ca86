using Oms.Bench.Desk;
using Oms.Bench.Workloads;
using Oms.Domain;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Engine.Risk;
using Oms.Engine.State;
using Oms.Matching;

namespace Oms.Bench.Engine;

/// <summary>
/// The whole core: every command is a message, is logged, climbs the ladder of risk, is reserved for, matched and
/// booked, and what it leads to is logged.
/// </summary>
internal sealed class FullEngine : IBooks, IDisposable
{
    public const int Accounts = 200;

    private readonly TradingDesk _desk;
    private readonly OrderMessages _messages = new();
    private readonly byte[] _batch = new byte[EventBuffer.BatchCommands * MessageHeader.MessageBytesMax];
    private readonly IBenchLog _log;
    private readonly MemoryLog? _ownLog;
    private readonly uint[] _accountOf;
    private long _makerId;

    /// <summary>With a log in memory that never fills.</summary>
    public FullEngine(Workload workload)
        : this(workload, new MemoryLog()) => _ownLog = (MemoryLog)_log;

    public FullEngine(Workload workload, IBenchLog log)
    {
        _log = log;
        // What is final is forgotten when its place is needed.
        int ordersHeldMax = Math.Max(workload.Prefill.Length * 4, 1 << 14);
        _desk = new TradingDesk(log, Accounts, workload.Symbols, ordersHeldMax);
        _accountOf = new uint[workload.LastId + 1];
    }

    public int OrderCount => Books.Sum(book => book?.OrderCount ?? 0);

    public EngineState State => _desk.Engine.State;

    public RiskLadder Risk => _desk.Engine.Parts.Risk;

    private IEnumerable<OrderBook?> Books => _desk.Engine.State.Instruments.Select(instrument => instrument.Book);

    /// <summary>As FastPath does: all inputs of a batch are logged before the first is acted on.</summary>
    public void Execute(ReadOnlySpan<WorkloadCommand> commands, EventBuffer events)
    {
        int lengthBytes = 0;
        foreach (ref readonly WorkloadCommand command in commands)
        {
            ReadOnlySpan<byte> message = MessageOf(in command);
            Span<byte> input = _batch.AsSpan(lengthBytes, message.Length);
            message.CopyTo(input);
            _desk.Enter(input);
            lengthBytes += input.Length;
        }

        _log.Commit();
        ReadOnlySpan<byte> inputs = _batch.AsSpan(0, lengthBytes);
        foreach (ref readonly WorkloadCommand command in commands)
        {
            ReadOnlySpan<byte> input = inputs[..MessageBytes.Header(inputs).LengthBytes];
            inputs = inputs[input.Length..];
            Tell(in command, _desk.Answer(input).Messages, events);
        }

        _log.Commit();
    }

    private ReadOnlySpan<byte> MessageOf(in WorkloadCommand command) => command.Kind switch
    {
        CommandKind.Cancel => _messages.Cancel(
            new AccountId(_accountOf[command.Id]), TradingDesk.OrderIdOf(command.Id)),
        CommandKind.Add => Place(in command, command.Price),
        _ => Place(in command, 0),
    };

    /// <summary>Both, in batches.</summary>
    public void Execute(
        ReadOnlySpan<WorkloadCommand> prefill, ReadOnlySpan<WorkloadCommand> commands, EventBuffer events)
    {
        foreach (ref readonly WorkloadCommand command in prefill)
        {
            Execute([command], events);
            events.Consume();
        }

        for (int first = 0; first < commands.Length; first += EventBuffer.BatchCommands)
        {
            Execute(commands.Slice(first, Math.Min(EventBuffer.BatchCommands, commands.Length - first)), events);
            events.Consume();
        }
    }

    public IEnumerable<(long Price, long Quantity)> Levels(int symbol, int side)
    {
        InstrumentState instrument = _desk.Engine.State.Instrument(new InstrumentId((uint)symbol + 1));
        if (instrument.Book is not { } book)
        {
            return [];
        }

        BookLevel[] levels = new BookLevel[book.LevelCount((BookSide)side)];
        _ = book.CopyLevels((BookSide)side, levels);
        return levels.Select(level => (level.Price, level.Quantity));
    }

    public void Dispose() => _ownLog?.Dispose();

    private Span<byte> Place(in WorkloadCommand command, long price)
    {
        _accountOf[command.Id] = command.Account + 1;
        return _messages.Place(
            new AccountId(command.Account + 1),
            new InstrumentId(command.Symbol + 1u),
            command.Id,
            command.Side == 0 ? Side.Buy : Side.Sell,
            price,
            command.Quantity);
    }

    /// <summary>Says of one command what a book would have said.</summary>
    private void Tell(in WorkloadCommand command, ReadOnlySpan<byte> said, EventBuffer events)
    {
        bool isCancel = command.Kind == CommandKind.Cancel;
        long canceled = 0;
        long leaves = command.Quantity;
        while (!said.IsEmpty)
        {
            ReadOnlySpan<byte> message = said[..MessageBytes.Header(said).LengthBytes];
            said = said[message.Length..];
            if (MessageBytes.Header(message).Kind != MessageKind.ExecutionReport)
            {
                continue;
            }

            ref readonly ExecutionReport report = ref MessageBytes.As<ExecutionReport>(message);
            switch (report.ExecutionType)
            {
                case ExecutionType.Trade when report.IsMaker == 1:
                    _makerId = report.OrderId.Number;
                    break;
                case ExecutionType.Trade:
                    leaves -= report.LastQuantity;
                    events.Add(new BookEvent(
                        _makerId, report.LastPrice, report.LastQuantity, (uint)report.OrderId.Number,
                        command.Symbol, EventKind.Filled, 0));
                    break;
                case ExecutionType.Canceled when isCancel:
                    canceled = report.Terms.Quantity - report.CumulativeQuantity;
                    break;
                default:
                    Invariant.Holds(report.ExecutionType is ExecutionType.New or ExecutionType.Expired);
                    break;
            }
        }

        events.Add(isCancel
            ? new(
                command.Id, 0, canceled, 0, command.Symbol,
                canceled > 0 ? EventKind.Canceled : EventKind.CancelMissed, 0)
            : new(command.Id, command.Price, leaves, 0, command.Symbol, EventKind.Acknowledged, command.Side));
    }
}
