using Grpc.Core;
using Oms.Domain.Messages;
using Oms.Gateway.Commands;
using Oms.Gateway.Listings;

namespace Oms.Gateway.Api;

/// <summary>Has an account compared with its exchange, and waits until it is.</summary>
internal sealed class ReconcileCalls(ListingNames names, CommandDesk desk, StateReader state, TimeProvider time)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(20);

    /// <exception cref="RpcException">There is nobody to ask, or FastPath takes no command.</exception>
    public async Task<V1.ReconcileAccountResponse> Reconcile(
        V1.ReconcileAccountRequest request, ServerCallContext context)
    {
        KnownAccount account = AccountFilter.Known(names, request.Account);
        long before = ReconciledNanosOf(account);
        long began = time.GetTimestamp();
        CommandReply reply = await desk.Send(
            number => new ReconcileAccount
            {
                Header = MessageHeader.For<ReconcileAccount>(account.Id),
                CorrelationId = number,
            },
            context.Deadline,
            context.CancellationToken)
            ?? throw RpcFailures.ReconciliationUnanswered();
        RpcFailures.ThrowIfNotTaken(reply.Fate);
        if (reply.EvidenceId == 0)
        {
            throw RpcFailures.NobodyToAsk(account.Name);
        }

        TimeSpan left = desk.WaitUntil(context.Deadline) - time.GetElapsedTime(began);
        using var looks = new PeriodicTimer(LookInterval, time);
        while (ReconciledNanosOf(account) == before && time.GetElapsedTime(began) < left
            && await looks.WaitForNextTickAsync(context.CancellationToken))
        {
            // FastPath's table changes when the round has ended.
        }

        long reconciled = ReconciledNanosOf(account);
        return new()
        {
            IsComplete = reconciled != before,
            ReconciledTime = reconciled == 0 ? null : ContractMapping.TimeOf(reconciled),
            Gate = (V1.AccountGate)(state.GateOf(account)?.Gate ?? 0),
        };
    }

    private long ReconciledNanosOf(KnownAccount account) => state.GateOf(account)?.ReconciledUnixNanos ?? 0;
}
