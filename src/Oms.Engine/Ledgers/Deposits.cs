using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Engine.Orders;
using Oms.Engine.State;

namespace Oms.Engine.Ledgers;

/// <summary>
/// Funds the accounts whose orders are matched here: no exchange says what they hold. All deposits of an
/// asset together stay within what 64 bits hold, and with them all that such accounts can win of each other.
/// </summary>
internal sealed class Deposits(EngineState state, OrderReports reports)
{
    public void Apply(in FundsDeposited deposit)
    {
        if (state.FindAccount(deposit.Header.AccountId) is not { Exchange.IsMatchedHere: true } account
            || state.FindAsset(deposit.AssetId) is not { } asset
            || deposit.DepositId <= account.DepositIdLast
            || deposit.Wallet is not (Domain.Instruments.Market.Spot or Domain.Instruments.Market.Futures)
            || state.Ledger.TryRow(account, deposit.Wallet, asset) is not { } row)
        {
            return;
        }

        Int128 deposited = deposit.Amount - asset.Contra[ContraKind.Deposits];
        bool isBookable = Amounts.CanBeAdded(deposit.Amount, row.Total)
            && deposited <= Amounts.SumMax
            && (deposit.Amount >= 0 || row.Free >= -deposit.Amount);
        if (isBookable)
        {
            account.DepositIdLast = deposit.DepositId;
            row.IsOpened = true;
            state.Ledger.Post(row, deposit.Amount, ContraKind.Deposits);
            reports.ReportBalance(row, BalanceChange.Deposited, OrderId.None);
        }
    }
}
