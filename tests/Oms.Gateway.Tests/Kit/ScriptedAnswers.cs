using System.Collections.Concurrent;
using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.Gateway.Tests.Kit;

/// <summary>Answers what is no single order: changes, successors, lists, mass cancels and halts.</summary>
internal sealed class ScriptedAnswers(ScriptedFastPath fastPath)
{
    private readonly ConcurrentQueue<object> _others = new();
    private volatile bool _isConfirming = true;

    public IReadOnlyCollection<object> Others => _others;

    public bool IsConfirming
    {
        set => _isConfirming = value;
    }

    public void Answer(ReadOnlySpan<byte> message)
    {
        switch (MessageBytes.Header(message).Kind)
        {
            case MessageKind.AmendOrder:
                Answer(MessageBytes.As<AmendOrder>(message));
                break;
            case MessageKind.ReplaceOrder:
                Answer(MessageBytes.As<ReplaceOrder>(message));
                break;
            case MessageKind.PlaceOrderList:
                Answer(MessageBytes.As<PlaceOrderList>(message));
                break;
            case MessageKind.CancelOrders:
                Answer(MessageBytes.As<CancelOrders>(message));
                break;
            case MessageKind.ReconcileAccount:
                Answer(MessageBytes.As<ReconcileAccount>(message));
                break;
            case MessageKind.ChangeHalt:
                Answer(MessageBytes.As<ChangeHalt>(message));
                break;
            default:
                Assert.Fail($"{MessageBytes.Header(message).Kind} is no command");
                break;
        }
    }

    private void Answer(AmendOrder command)
    {
        _others.Enqueue(command);
        AccountId account = command.Header.AccountId;
        if (fastPath.LastReportOf(account, command.ClientOrderId.ToString()) is not { } order)
        {
            return;
        }

        fastPath.Emit(order with
        {
            Terms = order.Terms with
            {
                Price = command.Price == 0 ? order.Terms.Price : command.Price,
                Quantity = command.Quantity == 0 ? order.Terms.Quantity : command.Quantity,
            },
            ExecutionType = ExecutionType.Replaced,
            CorrelationId = command.CorrelationId,
        });
    }

    private void Answer(ReplaceOrder command)
    {
        _others.Enqueue(command);
        Suspend(command.Header.AccountId, command.ClientOrderId, command.Terms, command.CorrelationId);
    }

    private void Answer(PlaceOrderList command)
    {
        _others.Enqueue(command);
        AccountId account = command.Header.AccountId;
        string first = command.First.ClientOrderId.ToString();
        bool isRejected = first.StartsWith(ScriptedFastPath.RejectPrefix, StringComparison.Ordinal);
        fastPath.Emit(TestMarket.Report(account, fastPath.NextOrderId(), first) with
        {
            Terms = command.First.Terms,
            Status = isRejected ? OrderStatus.Rejected : OrderStatus.PendingNew,
            ExecutionType = isRejected ? ExecutionType.Rejected : ExecutionType.PendingNew,
            RejectReason = isRejected ? RejectReason.ListMalformed : RejectReason.None,
            CorrelationId = command.CorrelationId,
        });
        if (isRejected)
        {
            return;
        }

        Suspend(account, command.Second.ClientOrderId, command.Second.Terms, command.CorrelationId);
        if (command.LegCount == 3)
        {
            Suspend(account, command.Third.ClientOrderId, command.Third.Terms, command.CorrelationId);
        }
    }

    private void Answer(CancelOrders command)
    {
        _others.Enqueue(command);
        fastPath.Emit(
            header => new CancelOrdersReport
            {
                Header = header, Scope = command.Scope, OrderCount = 3, CorrelationId = command.CorrelationId,
            },
            MessageHeader.For<CancelOrdersReport>(command.Header.AccountId));
    }

    /// <summary>The exchange agrees at once.</summary>
    private void Answer(ReconcileAccount command)
    {
        _others.Enqueue(command);
        bool isConnected = command.Header.AccountId == TestMarket.Spot;
        fastPath.Emit(
            header => new ReconcileReport
            {
                Header = header, EvidenceId = isConnected ? 7 : 0, CorrelationId = command.CorrelationId,
                Gate = isConnected ? AccountGate.Ready : AccountGate.Disconnected,
            },
            MessageHeader.For<ReconcileReport>(command.Header.AccountId));
        if (isConnected)
        {
            fastPath.NoteReconciled(command.Header.AccountId);
        }
    }

    private void Answer(ChangeHalt command)
    {
        _others.Enqueue(command);
        HaltState[] states = command.IsHalted == 0 ? [HaltState.Resumed]
            : _isConfirming ? [HaltState.Halted, HaltState.Confirmed]
            : [HaltState.Halted];
        foreach (HaltState state in states)
        {
            HaltChanged made = default;
            fastPath.Emit(
                header => made = new HaltChanged
                {
                    Header = header,
                    Scope = command.Scope,
                    State = state,
                    Reason = HaltReason.Command,
                    OrderId = command.OrderId,
                    Exchange = command.Exchange,
                    CorrelationId = command.CorrelationId,
                    By = command.By,
                },
                MessageHeader.For<HaltChanged>(command.Header.AccountId));
            if (command.Scope is HaltScope.Account or HaltScope.Firm)
            {
                fastPath.Halts.Write((int)command.Header.AccountId.Value, in made);
            }
        }
    }

    private void Suspend(AccountId account, ClientOrderId clientOrderId, OrderTerms terms, long correlationId) =>
        fastPath.Emit(TestMarket.Report(account, fastPath.NextOrderId(), clientOrderId.ToString()) with
        {
            Terms = terms,
            Status = OrderStatus.Suspended,
            ExecutionType = ExecutionType.Suspended,
            CorrelationId = correlationId,
        });
}
