using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Transfers;
using Oms.Engine.State;

namespace Oms.Engine.Transfers;

/// <summary>
/// Moves transfers through their life and writes what happened: the only place that changes a transfer's status, and it
/// does so by <see cref="TransferLifecycle"/>.
/// </summary>
internal sealed class TransferReports(EngineState state, Outbox outbox)
{
    /// <param name="leg">The leg that was booked, from 0; -1 where none was.</param>
    public void Advance(
        int slot,
        TransferStep step,
        int leg = -1,
        RejectReason reason = RejectReason.None,
        int exchangeErrorCode = 0,
        long correlationId = 0)
    {
        ref TransferState transfer = ref state.Transfers[slot];
        bool wasSettled = transfer.IsSettled;
        transfer.Status = TransferLifecycle.Next(
            transfer.Status, step, isFirstHop: transfer.Hop == 1, isLastHop: transfer.IsLastHop);
        Write(in transfer, step, leg, reason, exchangeErrorCode, correlationId);
        if (transfer.IsSettled && !wasSettled)
        {
            state.Transfers.MarkSettled(slot);
        }
    }

    /// <summary>Reports a command that is no transfer: nothing of it is held.</summary>
    public void ReportRefused(in StartTransfer start, RejectReason reason)
    {
        var refused = new TransferState
        {
            FromAccountId = start.Header.AccountId,
            ToAccountId = start.ToAccountId,
            AssetId = start.AssetId,
            FromWallet = start.FromWallet,
            ToWallet = start.ToWallet,
            Status = TransferStatus.Rejected,
            Amount = start.Amount,
            ClientTransferId = start.ClientTransferId,
        };
        Write(in refused, TransferStep.Refused, leg: -1, reason, exchangeErrorCode: 0, start.CorrelationId);
    }

    private void Write(
        in TransferState transfer,
        TransferStep step,
        int leg,
        RejectReason reason,
        int exchangeErrorCode,
        long correlationId) => outbox.Add(new TransferReport
        {
            Header = state.FindAccount(transfer.FromAccountId) is { } account
                ? outbox.Event<TransferReport>(account)
                : outbox.Event<TransferReport>(transfer.FromAccountId),
            TransferId = transfer.TransferId,
            ToAccountId = transfer.ToAccountId,
            AssetId = transfer.AssetId,
            FromWallet = transfer.FromWallet,
            ToWallet = transfer.ToWallet,
            Status = transfer.Status,
            Step = step,
            Leg = (byte)(leg + 1),
            Hop = transfer.Hop,
            Reason = reason,
            Amount = transfer.Amount,
            ClientTransferId = transfer.ClientTransferId,
            CorrelationId = correlationId,
            ExchangeTransferId = transfer.ExchangeTransferId,
            ExchangeErrorCode = exchangeErrorCode,
        });
}
