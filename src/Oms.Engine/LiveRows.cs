using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Engine.Holdings;
using Oms.Engine.Ledgers;
using Oms.Engine.State;

namespace Oms.Engine;

/// <summary>State as rows of the live tables.</summary>
internal static class LiveRows
{
    public static BalanceChanged Of(BalanceRow row) => new()
    {
        Header = MessageHeader.For<BalanceChanged>(row.Account.Id),
        AssetId = row.Asset.Id,
        Wallet = row.Wallet,
        Change = 0,
        Free = row.Free,
        ReservedAmount = row.Reserved,
        InTransit = row.InTransit,
        OrderId = OrderId.None,
    };

    public static PositionChanged Of(Position position) => new()
    {
        Header = MessageHeader.For<PositionChanged>(position.Holding.Account.Id),
        InstrumentId = position.Holding.Instrument.Id,
        PositionSide = position.Side,
        Quantity = position.Quantity,
        OpenNotional = position.OpenNotional,
        RealizedPnl = position.RealizedPnl,
        QuoteFees = position.QuoteFees,
        BaseFees = position.BaseFees,
        Funding = position.Funding,
    };

    public static AccountGateChanged GateOf(AccountState account) => new()
    {
        Header = MessageHeader.For<AccountGateChanged>(account.Id),
        Gate = account.Gate,
        Reason = account.GateReason,
        ReconciledUnixNanos = account.ReconciledAtUnixNanos,
    };

    /// <summary>What stops an account: its own halt before that of its exchange, and that before the firm's.
    /// </summary>
    public static HaltChanged HaltOf(AccountState account, HaltState ofFirm)
    {
        if (account.IsHalted)
        {
            return Halt(account.Id, HaltScope.Account, account.Halt, account.HaltReason);
        }

        if (account.Exchange.IsHalted)
        {
            return Halt(account.Id, HaltScope.Exchange, account.Exchange.Halt, HaltReason.Command) with
            {
                Exchange = account.Exchange.Name,
            };
        }

        return ofFirm == HaltState.Resumed
            ? Halt(account.Id, HaltScope.Account, HaltState.Resumed, HaltReason.None)
            : Halt(account.Id, HaltScope.Firm, ofFirm, HaltReason.Command);
    }

    public static HaltChanged OfFirm(HaltState halt) => Halt(
        AccountId.None, HaltScope.Firm, halt, halt == HaltState.Resumed ? HaltReason.None : HaltReason.Command);

    private static HaltChanged Halt(AccountId account, HaltScope scope, HaltState halt, HaltReason reason) => new()
    {
        Header = MessageHeader.For<HaltChanged>(account),
        Scope = scope,
        State = halt,
        Reason = reason,
        OrderId = OrderId.None,
        Exchange = default,
        CorrelationId = 0,
        By = default,
    };
}
