using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Transfers;
using Oms.Simulation.Exchange;
using Oms.Simulation.World;

namespace Oms.Simulation.Checks.Exposures;

/// <summary>
/// What transfers did to balances, hold of them, and have in transit; and what of positions in an asset goes along
/// between accounts, at what it cost: of a day's profit or loss it is none.
/// </summary>
internal sealed class CountedTransfers(ExposureCount count)
{
    private readonly Dictionary<TransferId, CountedTransfer> _transfers = [];
    private readonly Dictionary<(AccountId, InstrumentId), long> _along = [];

    public long Moved(AccountId account, Market wallet, AssetId asset) =>
        _transfers.Values.Sum(transfer => transfer.Moved(account, wallet, asset));

    public long Reserved(AccountId account, Market wallet, AssetId asset) =>
        _transfers.Values.Sum(transfer => transfer.Reserved(account, wallet, asset));

    public long InTransit(AccountId account, Market wallet, AssetId asset) =>
        _transfers.Values.Sum(transfer => transfer.InTransit(account, wallet, asset));

    /// <summary>What transfers brought an account of a position, less what they took along.</summary>
    public long BroughtAlong(AccountId account, InstrumentId instrument) =>
        _along.GetValueOrDefault((account, instrument));

    public void Hear(in TransferReport report)
    {
        if (report.TransferId.IsNone)
        {
            return;
        }

        if (!_transfers.TryGetValue(report.TransferId, out CountedTransfer? transfer))
        {
            transfer = new(in report);
            _transfers.Add(report.TransferId, transfer);
        }

        bool hadArrived = transfer.HasArrived;
        transfer.Take(in report);
        bool isBetweenAccounts = report.Header.AccountId != report.ToAccountId;
        InstrumentId instrument = Venue.SpotOf(report.AssetId);
        if (!isBetweenAccounts || instrument.IsNone)
        {
            return;
        }

        (AccountId from, AccountId to, long now) =
            (report.Header.AccountId, report.ToAccountId, report.Header.UnixNanos);
        switch (report.Step)
        {
            case TransferStep.Debited when report.Leg == 1:
                TakeOut(transfer, from, instrument, report.Amount, now);
                break;
            case TransferStep.Credited when transfer.HasArrived:
                Give(transfer, to, instrument, now);
                break;
            case TransferStep.Refused or TransferStep.Reversed:
                if (hadArrived)
                {
                    // Of what it brought as much goes back as is still there.
                    TakeOut(transfer, to, instrument, transfer.Basis.Quantity, now);
                }

                Give(transfer, from, instrument, now);
                break;
            default:
                break;
        }
    }

    private void TakeOut(
        CountedTransfer transfer, AccountId account, InstrumentId instrument, long amount, long unixNanos)
    {
        AverageCost position = count.Holding(account, instrument).Position(PositionSide.Both);
        long quantity = Math.Clamp(position.Quantity, 0, amount);
        transfer.Basis = (quantity, 0);
        _along[(account, instrument)] = BroughtAlong(account, instrument) - quantity;
        if (quantity > 0)
        {
            count.Losses.Move(
                account, instrument, unixNanos, () => transfer.Basis = (quantity, position.TakeOut(quantity)));
        }
    }

    private void Give(CountedTransfer transfer, AccountId account, InstrumentId instrument, long unixNanos)
    {
        (long quantity, long cost) = transfer.Basis;
        _along[(account, instrument)] = BroughtAlong(account, instrument) + quantity;
        if (quantity > 0)
        {
            CountedHolding holding = count.Holding(account, instrument);
            count.Losses.Move(account, instrument, unixNanos, () =>
                holding.Gain(PositionSide.Both, holding.Position(PositionSide.Both).Trade(quantity, cost)));
        }
    }
}
