using Oms.Domain.Messages;
using Oms.Domain.Time;
using Oms.Engine.State;

namespace Oms.Engine.Transfers;

/// <summary>
/// Asks the exchange for hops of transfers, and its history for what became of them: each request for the running
/// session of the connector, none while that is silent.
/// </summary>
internal sealed class TransferRequests(EngineState state, Outbox outbox)
{
    private const int PausesMax = 5;

    /// <summary>Whether anything can be asked for the transfer now.</summary>
    public bool CanAsk(in TransferState transfer) => ConnectorOf(in transfer) is { Session: not 0, IsSilent: false };

    /// <summary>Asks for the hop under way, again under the same id where it was asked before.</summary>
    public void Submit(int slot)
    {
        ref TransferState transfer = ref state.Transfers[slot];
        transfer.Asks++;
        transfer.AskedUnixNanos = outbox.Now;
        transfer.Marks = TransferMarks.None;
        state.Transfers.RetryAt(slot, 0);
        outbox.Add(new SubmitTransfer
        {
            Header = outbox.Request<SubmitTransfer>(transfer.FromAccountId),
            Session = ConnectorOf(in transfer).Session,
            TransferId = transfer.TransferId,
            ToAccountId = transfer.HopToAccountId,
            AssetId = transfer.AssetId,
            FromWallet = transfer.HopFromWallet,
            ToWallet = transfer.HopToWallet,
            Hop = transfer.Hop,
            Amount = transfer.Amount,
        });
    }

    /// <summary>Asks history for the hop under way, and again later, less and less often.</summary>
    public void Resolve(int slot)
    {
        ref TransferState transfer = ref state.Transfers[slot];
        PauseThenResolve(slot);
        transfer.Queries = (ushort)Math.Min(transfer.Queries + 1, ushort.MaxValue);
        outbox.Add(new ResolveTransfer
        {
            Header = outbox.Request<ResolveTransfer>(transfer.FromAccountId),
            Session = ConnectorOf(in transfer).Session,
            TransferId = transfer.TransferId,
            AskedUnixNanos = transfer.AskedUnixNanos,
            Hop = transfer.Hop,
        });
    }

    /// <summary>Looks at the hop again in a while: 1 s at first, half a minute at last.</summary>
    public void PauseThenResolve(int slot) => state.Transfers.RetryAt(
        slot, outbox.Now + (UnixNanos.PerSecond << Math.Min((int)state.Transfers[slot].Queries, PausesMax)));

    private ConnectorState ConnectorOf(in TransferState transfer) =>
        state.Connector(state.Account(transfer.FromAccountId).Definition.Connector);
}
