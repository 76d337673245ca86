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
    };

    public static HaltChanged HaltOf(AccountState account) => Halt(
        account.Id,
        account.Exchange.IsHalted ? HaltScope.Exchange : HaltScope.Account,
        account.Exchange.IsHalted && !account.IsHalted ? HaltState.Halted : account.Halt,
        account.HaltReason);

    public static HaltChanged OfFirm(bool isHalted) => Halt(
        AccountId.None, HaltScope.Firm, isHalted ? HaltState.Halted : HaltState.Resumed, HaltReason.None);

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
