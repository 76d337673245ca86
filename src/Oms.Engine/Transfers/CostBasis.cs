using Oms.Domain.Ids;
using Oms.Domain.Orders;
using Oms.Engine.Holdings;
using Oms.Engine.Orders;
using Oms.Engine.Risk;
using Oms.Engine.State;

namespace Oms.Engine.Transfers;

/// <summary>
/// Lets positions and what they cost travel with the money: a transfer between accounts is neither profit nor loss of
/// either. What was bought moves before what was there already, instrument after instrument as they were first used.
/// </summary>
internal sealed class CostBasis(EngineState state, OrderReports reports, Valuation valuation)
{
    /// <summary>Takes it out of the positions of the sending account.</summary>
    public void Take(ref TransferState transfer)
    {
        if (transfer.IsWithinAccount)
        {
            return;
        }

        AccountState to = state.Account(transfer.ToAccountId);
        long left = transfer.Amount;
        int taken = 0;
        foreach (Holding holding in state.Account(transfer.FromAccountId).Holdings)
        {
            long quantity = Math.Min(left, holding.QuantityOf(PositionSide.Both));
            bool isMoved = !holding.Instrument.IsFutures
                && holding.Instrument.Base.Definition.AssetId == transfer.AssetId
                && quantity > 0
                && taken < MovedBasis.List.Max
                && state.TryHold(to, holding.Instrument) is not null;
            if (!isMoved)
            {
                continue;
            }

            valuation.Revalue(holding);
            Position position = holding.Position(PositionSide.Both);
            transfer.Basis[taken++] = new()
            {
                InstrumentId = holding.Instrument.Id,
                Quantity = quantity,
                OpenNotional = position.TakeOut(quantity),
            };
            left -= quantity;
            Show(holding, position);
        }
    }

    /// <summary>
    /// Gives what was taken along to an account. The transfer remembers it: it may be denied after it arrived.
    /// </summary>
    public void Give(ref readonly TransferState transfer, AccountId account)
    {
        foreach (ref readonly MovedBasis moved in transfer.Basis)
        {
            if (moved.Quantity == 0)
            {
                continue;
            }

            Holding holding = HoldingOf(account, in moved);
            Position position = holding.Position(PositionSide.Both);
            if (position.CanTrade)
            {
                valuation.Revalue(holding);
                _ = position.Trade(moved.Quantity, moved.OpenNotional);
                Show(holding, position);
            }
        }
    }

    /// <summary>
    /// Takes what arrived out of the positions of the receiving account again: as much as it still has of it, at what
    /// it costs there, so that of both accounts together nothing is gained.
    /// </summary>
    public void TakeBack(ref TransferState transfer)
    {
        for (int index = 0; index < MovedBasis.List.Max; index++)
        {
            ref MovedBasis moved = ref transfer.Basis[index];
            if (moved.Quantity == 0)
            {
                continue;
            }

            Holding holding = HoldingOf(transfer.ToAccountId, in moved);
            Position position = holding.Position(PositionSide.Both);
            long quantity = Math.Clamp(position.Quantity, 0, moved.Quantity);
            moved.Quantity = quantity;
            if (quantity > 0)
            {
                valuation.Revalue(holding);
                moved.OpenNotional = position.TakeOut(quantity);
                Show(holding, position);
            }
        }
    }

    private Holding HoldingOf(AccountId account, in MovedBasis moved)
    {
        Holding? holding = state.Holdings.Find(account, moved.InstrumentId);
        Domain.Invariant.Holds(holding is not null);
        return holding;
    }

    private void Show(Holding holding, Position position)
    {
        valuation.RevalueMoved(holding);
        reports.ReportPosition(holding, position);
    }
}
