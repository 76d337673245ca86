using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Text;
using Oms.Gateway.Commands;
using Oms.Gateway.Listings;

namespace Oms.Gateway.Api;

/// <summary>Halts and resumes through FastPath, for a call and for the dashboard alike.</summary>
internal sealed class Halting(ListingNames names, CommandDesk desk)
{
    /// <summary>Says it, and answers with what FastPath said.</summary>
    /// <param name="isAwaited">Whether to wait until it is confirmed.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="deadline">In UTC; the greatest value for none.</param>
    /// <exception cref="Grpc.Core.RpcException">The scope is not known, FastPath did not answer, or did not confirm in
    /// time.</exception>
    public async Task<V1.Halt> Change(
        V1.HaltScope scope,
        string name,
        bool isHalted,
        bool isAwaited,
        string by,
        DateTime deadline,
        CancellationToken cancellation)
    {
        ChangeHalt command = Read(scope, name, isHalted, by);
        var waiter = new AwaitedReply(reply => !isAwaited || reply.Halt != HaltState.Halted);
        CommandReply? reply = await desk.Send(
            number => command with { CorrelationId = number }, waiter, deadline, cancellation);
        if (reply is null)
        {
            throw waiter.Newest is null ? RpcFailures.HaltUnanswered() : RpcFailures.HaltNotConfirmed();
        }

        RpcFailures.ThrowIfNotTaken(reply.Fate);
        if (isHalted && reply.Halt == HaltState.Resumed)
        {
            throw RpcFailures.ScopeNotFound(name);
        }

        return new()
        {
            Scope = scope,
            Name = name,
            State = (V1.HaltState)reply.Halt.GetValueOrDefault(),
            Reason = isHalted ? HaltBoard.TextOf(HaltReason.Command) : "",
            By = command.By.ToString(),
        };
    }

    private ChangeHalt Read(V1.HaltScope scope, string name, bool isHalted, string by)
    {
        FieldCheck.Enumeration("scope", scope, isRequired: true);
        if (scope == V1.HaltScope.Order)
        {
            throw RpcFailures.Invalid("scope", "an order is canceled, or halted with `oms halt --order`");
        }

        if ((scope == V1.HaltScope.Firm) != (name.Length == 0))
        {
            throw RpcFailures.Invalid("name", "is given for an account or an exchange, and for nothing else");
        }

        bool isExchange = scope == V1.HaltScope.Exchange;
        if (isExchange && !names.Accounts.Any(account => account.Exchange == name))
        {
            throw RpcFailures.ScopeNotFound(name);
        }

        return new()
        {
            Header = MessageHeader.For<ChangeHalt>(
                scope == V1.HaltScope.Account ? AccountFilter.Known(names, name).Id : AccountId.None),
            Scope = (HaltScope)scope,
            IsHalted = isHalted ? (byte)1 : (byte)0,
            OrderId = OrderId.None,
            Exchange = Text16.Of(isExchange ? name : ""),
            CorrelationId = 0,
            By = Text32.OfTruncated(by),
        };
    }
}
