using Grpc.Core;
using Oms.Domain.Messages;
using Oms.Gateway.Access;
using Oms.Gateway.Api;
using Oms.Gateway.Audit;
using Oms.Gateway.Commands;
using Oms.Gateway.Orders;

namespace Oms.Gateway.Dashboard;

/// <summary>What an operator does on the dashboard: by the same rules as a call, and written down like one.</summary>
internal sealed class DashboardActions(
    Halting halting, CommandDesk desk, ContractMapping mapping, AuditTrail audit)
{
    private const string Peer = "dashboard";

    /// <summary>What became of it, for people.</summary>
    public Task<string> Halt(Identity? caller, V1.HaltScope scope, string name)
    {
        var request = new V1.HaltRequest { Scope = scope, Name = name };
        return Run(caller, "/oms.v1.RiskService/Halt", request, async identity =>
        {
            V1.Halt halt = await halting.Change(
                scope, name, isHalted: true, isAwaited: false, identity.Name, DateTime.MaxValue,
                CancellationToken.None);
            return halt.State == V1.HaltState.Confirmed
                ? "Halted; no order lives but what closes positions."
                : "Halted; orders are being canceled.";
        });
    }

    /// <inheritdoc cref="Halt"/>
    public Task<string> Resume(Identity? caller, V1.HaltScope scope, string name)
    {
        var request = new V1.ResumeRequest { Scope = scope, Name = name };
        return Run(caller, "/oms.v1.RiskService/Resume", request, async identity =>
        {
            _ = await halting.Change(
                scope, name, isHalted: false, isAwaited: false, identity.Name, DateTime.MaxValue,
                CancellationToken.None);
            return "Orders are taken again.";
        });
    }

    /// <inheritdoc cref="Halt"/>
    public Task<string> Cancel(Identity? caller, OrderRecord order)
    {
        V1.Order told = mapping.Of(order);
        var request = new V1.CancelOrderRequest { Account = told.Account, OrderId = told.OrderId };
        return Run(caller, "/oms.v1.OrderService/CancelOrder", request, async _ =>
        {
            CommandReply reply = await desk.Send(
                number => new CancelOrder
                {
                    Header = MessageHeader.For<CancelOrder>(order.AccountId),
                    ClientOrderId = default,
                    OrderId = order.OrderId,
                    CorrelationId = number,
                },
                DateTime.MaxValue,
                CancellationToken.None) ?? throw RpcFailures.OutcomeUnknown("", told.OrderId);
            RpcFailures.ThrowIfNotTaken(reply.Fate);
            string reason = ReasonText.Of(reply.CancelRejectReason);
            return reason.Length == 0 ? "The cancel is on its way." : $"The cancel was refused: {reason}.";
        });
    }

    private async Task<string> Run(
        Identity? caller, string method, Google.Protobuf.IMessage request, Func<Identity, Task<string>> action)
    {
        string outcome = "OK";
        try
        {
            Identity identity = caller ?? throw RpcFailures.Unauthenticated();
            if (!RpcRules.All[method].Allows(identity, request))
            {
                throw RpcFailures.NotGranted(identity.Name, RpcRules.All[method].Right);
            }

            return await action(identity);
        }
        catch (RpcException failure)
        {
            outcome = failure.StatusCode.ToString();
            return failure.Status.Detail;
        }
        finally
        {
            await audit.Note(new(caller?.Name ?? "", Peer, method, outcome, CorrelationIds.New(), request));
        }
    }
}
