using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Journal;
using Oms.SharedMemory.Regions;

namespace Oms.FastPath.Tests;

/// <summary>What a log says once its writer is dead, read by recovery, which proves its chain.</summary>
internal sealed class LogBook
{
    private readonly Dictionary<uint, long> _accountSequences = [];
    private long _logSequence;

    private LogBook()
    {
    }

    public List<MessageKind> Inputs { get; } = [];

    public List<long> CommandsIn { get; } = [];

    public List<long> Answers { get; } = [];

    public List<OrderId> Accepted { get; } = [];

    public List<OrderId> OrderIds { get; } = [];

    public Dictionary<AssetId, BalanceChanged> Balances { get; } = [];

    public PositionChanged Position { get; private set; }

    public List<int> Epochs { get; } = [];

    /// <summary>The log of a deployment whose FastPath is dead: its segments, and its head.</summary>
    public static LogBook Of(Deployment deployment)
    {
        var book = new LogBook();
        using SharedBlock block = SharedBlock.Open(
            deployment.Region, SharedBlocks.LogHead, LogHead.LengthFor(Deployment.LogHeadBytes));
        var head = new LogHead(block.Start, block.LengthBytes, block.Path);
        _ = LogRecovery.Recover(deployment.Data.Log, head, default, book.Note);
        return book;
    }

    private void Note(LogRecord record)
    {
        ref readonly MessageHeader header = ref MessageBytes.Header(record.Message);
        if (MessageKinds.IsEvent(header.Kind))
        {
            NoteEvent(record.Message);
            return;
        }

        Inputs.Add(header.Kind);
        if (header.Kind == MessageKind.PlaceOrder)
        {
            CommandsIn.Add(MessageBytes.As<PlaceOrder>(record.Message).CorrelationId);
        }
        else if (header.Kind == MessageKind.FastPathStarted)
        {
            Epochs.Add(MessageBytes.As<FastPathStarted>(record.Message).Epoch);
        }
    }

    private void NoteEvent(ReadOnlySpan<byte> said)
    {
        ref readonly MessageHeader header = ref MessageBytes.Header(said);
        Assert.Equal(_logSequence + 1, header.LogSequence);
        _logSequence++;
        long before = _accountSequences.GetValueOrDefault(header.AccountId.Value);
        Assert.Equal(before + 1, header.AccountSequence);
        _accountSequences[header.AccountId.Value] = header.AccountSequence;
        switch (header.Kind)
        {
            case MessageKind.ExecutionReport:
                Note(in MessageBytes.As<ExecutionReport>(said));
                break;
            case MessageKind.BalanceChanged:
                BalanceChanged balance = MessageBytes.As<BalanceChanged>(said);
                Balances[balance.AssetId] = balance;
                break;
            case MessageKind.PositionChanged:
                Position = MessageBytes.As<PositionChanged>(said);
                break;
            default:
                break;
        }
    }

    private void Note(in ExecutionReport report)
    {
        if (report.CorrelationId == 0)
        {
            return;
        }

        Answers.Add(report.CorrelationId);
        OrderIds.Add(report.OrderId);
        if (report.ExecutionType == ExecutionType.PendingNew)
        {
            Accepted.Add(report.OrderId);
        }
    }
}
