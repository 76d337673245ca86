using System.Diagnostics;
using Grpc.Core;
using Oms.Domain.Messages;
using Oms.Gateway.Access;
using Oms.Gateway.Commands;
using Oms.Gateway.Events;

namespace Oms.Gateway.Api;

/// <summary>
/// Takes commands that came together: each goes into the batch for FastPath, or is settled at once, without
/// harm to the others.
/// </summary>
internal sealed class CommandIntake(
    OrderIntake intake, PendingReplies replies, GatewayViews views, RateLimits limits)
{
    /// <summary>Adds a command to the batch; otherwise the outcome says why it went nowhere.</summary>
    /// <param name="waiter">Who waits for the answer.</param>
    public bool TryAdd(
        V1.Command command,
        Identity caller,
        CommandBatch batch,
        ReplyWaiter waiter,
        out V1.CommandOutcome settled)
    {
        settled = new() { RequestId = command.RequestId };
        if (command.CommandCase == V1.Command.CommandOneofCase.Ping)
        {
            return false;
        }

        try
        {
            string account = AccountOf(command);
            if (!caller.May(Right.Trade, account))
            {
                throw RpcFailures.NotGranted(caller.Name, Right.Trade);
            }

            return TryAdd(command, account, batch, waiter, settled);
        }
        catch (RpcException failure)
        {
            if (waiter.CorrelationId != 0)
            {
                replies.Abandon(waiter);
            }

            settled.Failure = RpcFailures.FailureOf(failure);
            return false;
        }
    }

    /// <summary>The account that a command is about.</summary>
    public static string AccountOf(V1.Command command) => command.CommandCase switch
    {
        V1.Command.CommandOneofCase.Place => command.Place.Account,
        V1.Command.CommandOneofCase.Cancel => command.Cancel.Account,
        V1.Command.CommandOneofCase.Amend => command.Amend.Account,
        V1.Command.CommandOneofCase.Replace => command.Replace.Order?.Account ?? "",
        _ => "",
    };

    private bool TryAdd(
        V1.Command command, string account, CommandBatch batch, ReplyWaiter waiter, V1.CommandOutcome settled)
    {
        switch (command.CommandCase)
        {
            case V1.Command.CommandOneofCase.Place:
                PlaceOrder? place = intake.Read(
                    command.Place, Stopwatch.GetTimestamp(), out _, out OrderRefusal refusal);
                return place is { } order
                    ? Add(number => order with { CorrelationId = number, Stamps = Offered(order.Stamps) })
                    : Refuse(refusal);
            case V1.Command.CommandOneofCase.Cancel:
                CancelOrder cancel = intake.Read(command.Cancel);
                Begin(waiter);
                batch.Add(cancel with { CorrelationId = waiter.CorrelationId }, waiter);
                return true;
            case V1.Command.CommandOneofCase.Amend:
                AmendOrder amend = intake.Read(command.Amend, views.Orders.InstrumentOf);
                return Add(number => amend with { CorrelationId = number });
            case V1.Command.CommandOneofCase.Replace:
                ReplaceOrder? replace = intake.Read(
                    command.Replace, Stopwatch.GetTimestamp(), out _, out refusal);
                return replace is { } successor
                    ? Add(number => successor with { CorrelationId = number, Stamps = Offered(successor.Stamps) })
                    : Refuse(refusal);
            default:
                throw RpcFailures.Invalid("command", "is not given");
        }

        bool Add<TCommand>(Func<long, TCommand> made)
            where TCommand : unmanaged, IMessage
        {
            limits.TakeCommand(account);
            Begin(waiter);
            batch.Add(made(waiter.CorrelationId), waiter);
            return true;
        }

        bool Refuse(OrderRefusal refusal)
        {
            settled.Status = V1.OrderStatus.Rejected;
            settled.RejectReason = ReasonText.Of(refusal.Reason);
            return false;
        }
    }

    private static CommandStamps Offered(CommandStamps stamps) =>
        stamps with { GatewayOffered = Stopwatch.GetTimestamp() };

    private void Begin(ReplyWaiter waiter)
    {
        if (!replies.TryBegin(waiter))
        {
            waiter.CorrelationId = 0;
            throw RpcFailures.BackPressured();
        }
    }

    /// <summary>What FastPath's answer says of a command.</summary>
    public static void Settle(V1.CommandOutcome outcome, CommandReply? reply)
    {
        if (reply is null)
        {
            outcome.Failure = RpcFailures.FailureOf(RpcFailures.OutcomeUnknown("", ""));
            return;
        }

        try
        {
            RpcFailures.ThrowIfNotTaken(reply.Fate);
        }
        catch (RpcException failure)
        {
            outcome.Failure = RpcFailures.FailureOf(failure);
            return;
        }

        if (reply.Order is { } order)
        {
            outcome.OrderId = order.OrderId.IsNone ? "" : order.OrderId.ToString();
            outcome.Status = (V1.OrderStatus)order.Status;
            outcome.RejectReason = ReasonText.Of(order.RejectReason);
        }

        if (reply.CancelRejectReason != Domain.Orders.RejectReason.None)
        {
            outcome.RejectReason = ReasonText.Of(reply.CancelRejectReason);
        }
    }
}
