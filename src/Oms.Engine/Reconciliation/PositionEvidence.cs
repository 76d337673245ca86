using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Engine.Halting;
using Oms.Engine.Holdings;
using Oms.Engine.Ledgers;
using Oms.Engine.Orders;
using Oms.Engine.Risk;
using Oms.Engine.State;

namespace Oms.Engine.Reconciliation;

/// <summary>
/// Compares futures positions with what the exchange states, and books the payments that come with them. Until
/// a first round has agreed, what the exchange states is adopted; a later difference that two rounds in a row
/// find, with every order resolved and no fill between, halts the account: nothing is traded away on a guess. Unless
/// trades explain it that orders from elsewhere made before the account was first seen, and that were heard of later.
/// </summary>
internal sealed class PositionEvidence(
    EngineState state,
    Outbox outbox,
    OrderReports reports,
    Reservations reservations,
    Valuation valuation,
    Halts halts)
{
    public void Take(AccountState account, in PositionSeen seen)
    {
        if (state.FindInstrument(seen.InstrumentId) is not { IsFutures: true, IsMatchedHere: false } instrument
            || instrument.Exchange != account.Exchange
            || !Amounts.IsAmount(seen.Quantity)
            || !Amounts.IsAmount(seen.EntryNotional)
            || seen.PositionSide > PositionSide.Short
            || state.TryHold(account, instrument) is not { } holding)
        {
            return;
        }

        if (seen.Leverage > 0 && seen.Leverage != holding.Leverage)
        {
            holding.Leverage = seen.Leverage;
            reservations.AdjustMargins(account);
        }

        Position position = holding.Position(seen.PositionSide);
        bool isFirst = !account.ArePositionsKnown && position.SeenIn == 0 && position.IsUntouched;
        position.SeenIn = account.EvidenceId;
        if (isFirst)
        {
            Adopt(holding, position, seen.Quantity, seen.EntryNotional);
        }
        else
        {
            Compare(holding, position, seen.Quantity, seen.EntryNotional);
        }

        reservations.AdjustMargin(holding);
    }

    /// <summary>A round is complete: a position that it did not name is none.</summary>
    public void Conclude(AccountState account)
    {
        foreach (Holding holding in account.Holdings)
        {
            if (holding.Instrument is not { IsFutures: true, IsMatchedHere: false })
            {
                continue;
            }

            foreach (Position position in holding.Positions)
            {
                if (position.SeenIn != account.EvidenceId)
                {
                    Compare(holding, position, there: 0, entryNotional: 0);
                }
            }
        }
    }

    /// <returns>The account, where what the exchange last stated may have the payment already; else null.</returns>
    public AccountState? Apply(in FundingSeen funding)
    {
        if (state.FindAccount(funding.Header.AccountId) is not { } account
            || state.FindInstrument(funding.InstrumentId) is not { IsFutures: true } instrument
            || state.FindAsset(funding.AssetId) is not { } asset
            || instrument.Exchange != account.Exchange
            || state.TryHold(account, instrument) is not { } holding
            || state.Ledger.TryRow(account, instrument.Wallet, asset) is not { } row)
        {
            return null;
        }

        Position position = holding.Positions.Count > 0
            ? holding.Positions[0]
            : holding.Position(PositionSide.Both);
        bool isReal = Amounts.CanBeAdded(funding.Amount, row.Total) && Amounts.IsBelowMax(position.Funding);
        if (isReal && !account.ArePositionsKnown && position.IsUntouched)
        {
            // Paid before the account was first seen: it is in what the exchange says that the account has.
            holding.FundingIds.BeginBehind(funding.FundingId);
            return null;
        }

        bool isLate = funding.FundingId < holding.FundingIds.Latest;
        if (!isReal || !holding.FundingIds.TryAdd(funding.FundingId))
        {
            return null;
        }

        account.FilledSinceRoundBegan = true;
        state.Ledger.Post(row, funding.Amount, ContraKind.Funding);
        if (valuation.TryConvert(asset, funding.Amount, instrument.Quote, out long converted))
        {
            position.Funding += converted;
        }
        else
        {
            account.IsProfitAndLossUnknown = true;
        }

        reports.ReportBalance(row, BalanceChange.Funded, OrderId.None);
        reports.ReportPosition(holding, position);
        valuation.Revalue(holding);
        return isLate ? account : null;
    }

    /// <summary>What the engine has and what the exchange says of a balance.</summary>
    public static DifferenceFound DifferenceOf(
        Outbox outbox, AccountState account, AssetId asset, long here, long there) => new()
    {
        Header = outbox.Event<DifferenceFound>(account),
        What = DifferenceKind.Balance,
        PositionSide = PositionSide.Both,
        InstrumentId = InstrumentId.None,
        AssetId = asset,
        Here = here,
        There = there,
    };

    private void Adopt(Holding holding, Position position, long quantity, long entryNotional)
    {
        long before = position.Quantity;
        position.Quantity = quantity;
        // What something cost has its sign, whatever the exchange writes.
        position.OpenNotional = Math.Sign(quantity) * Math.Abs(entryNotional);
        valuation.Revalue(holding);
        reports.ReportPosition(holding, position);
        state.NoteReduced(holding, position.Side, before);
    }

    private void Compare(Holding holding, Position position, long there, long entryNotional)
    {
        AccountState account = holding.Account;
        long difference = there - position.Quantity;
        bool isConfirmed = !account.FilledSinceRoundBegan
            && difference != 0
            && position.Difference == difference;
        position.Difference = difference;
        if (difference == 0)
        {
            if (!account.FilledSinceRoundBegan)
            {
                (position.DoubtfulBuys, position.DoubtfulSells) = (0, 0);
            }

            return;
        }

        if (!isConfirmed)
        {
            account.NoteDifference();
            return;
        }

        outbox.Add(new DifferenceFound
        {
            Header = outbox.Event<DifferenceFound>(account),
            What = DifferenceKind.Position,
            PositionSide = position.Side,
            InstrumentId = holding.Instrument.Id,
            AssetId = AssetId.None,
            Here = position.Quantity,
            There = there,
        });
        if (account.ArePositionsKnown && !position.IsDoubtOf(difference))
        {
            halts.Halt(account, HaltReason.Difference);
            return;
        }

        position.Difference = 0;
        (position.DoubtfulBuys, position.DoubtfulSells) = (0, 0);
        Adopt(holding, position, there, entryNotional);
        reservations.AdjustMargin(holding);
    }
}
