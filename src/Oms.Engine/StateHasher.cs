using System.IO.Hashing;
using System.Runtime.InteropServices;
using Oms.Domain.Messages;
using Oms.Engine.Ledgers;
using Oms.Engine.Orders;
using Oms.Engine.Positions;
using Oms.Engine.State;

namespace Oms.Engine;

/// <summary>Folds the whole state into one number, field by field.</summary>
internal static class StateHasher
{
    public static ulong Hash(EngineState state)
    {
        var hash = new XxHash3();
        Add(hash, state.Shard, state.Epoch, state.OrderNumber, state.EvidenceId);
        AddDefinitions(hash, state);
        foreach (AccountState account in state.Accounts)
        {
            Add(hash, account.Definition.Header.AccountId.Value, (long)account.Gate);
            Add(hash, account.IsStreamUp ? 1 : 0, account.Sequence, account.LiveOrders);
            Add(hash, account.EvidenceId, account.FilledSinceRoundBegan ? 1 : 0, account.RetryAtUnixNanos);
            Add(hash, account.DoBalancesDiffer ? 1 : 0);
        }

        foreach (int slot in state.Orders.LiveSlots())
        {
            AddOrder(hash, in state.Orders[slot]);
        }

        foreach (int slot in state.Orders.FinalSlots)
        {
            AddOrder(hash, in state.Orders[slot]);
        }

        foreach (long tradeId in state.Fills.TradeIds)
        {
            Add(hash, tradeId);
        }

        foreach (BalanceRow row in state.Ledger.Rows)
        {
            Add(hash, row.Account.Value, (long)row.Wallet, row.Asset.Value, row.IsOpened ? 1 : 0);
            Add(hash, row.Total, row.Reserved, row.Difference);
        }

        foreach (Position position in state.Positions.Rows)
        {
            Add(hash, position.Account.Value, position.Instrument.Value);
            Add(hash, position.Quantity, position.OpenNotional);
            Add(hash, position.RealizedPnl, position.QuoteFees, position.BaseFees);
        }

        return hash.GetCurrentHashAsUInt64();
    }

    private static void AddDefinitions(XxHash3 hash, EngineState state)
    {
        foreach (ConnectorState connector in state.Connectors)
        {
            Add(hash, connector.Session, connector.IsSilent ? 1 : 0);
        }

        RiskLimits limits = state.Limits.GetValueOrDefault();
        hash.Append(MessageBytes.Of(in limits));
        foreach (AssetDefined asset in state.Assets)
        {
            hash.Append(MessageBytes.Of(in asset));
        }

        foreach (InstrumentState instrument in state.Instruments)
        {
            InstrumentDefined definition = instrument.Definition;
            InstrumentFilters filters = instrument.Filters.GetValueOrDefault();
            TopOfBook top = instrument.Top.GetValueOrDefault();
            hash.Append(MessageBytes.Of(in definition));
            hash.Append(MessageBytes.Of(in filters));
            hash.Append(MessageBytes.Of(in top));
        }

        foreach (AccountState account in state.Accounts)
        {
            AccountDefined definition = account.Definition;
            hash.Append(MessageBytes.Of(in definition));
        }
    }

    private static void AddOrder(XxHash3 hash, in OrderState order)
    {
        hash.Append(order.ClientOrderId);
        Add(hash, order.OrderId.Value, order.AccountId.Value, order.InstrumentId.Value, (long)order.Side);
        Add(hash, (long)order.Type, (long)order.TimeInForce, (long)order.Status, order.Price, order.Quantity);
        Add(hash, order.CumulativeQuantity, order.CumulativeNotional);
        Add(hash, order.IntentUnixNanos, order.ExchangeOrderId);
        Add(hash, order.IsAcknowledged ? 1 : 0, order.IsCancelWanted ? 1 : 0);
        Add(hash, order.ReservePrice, order.ReservedAmount);
        Add(hash, order.SeenCumulativeQuantity, (long)order.SeenFinalStatus, order.ReplyReceived);
    }

    private static void Add(XxHash3 hash, params ReadOnlySpan<long> values) =>
        hash.Append(MemoryMarshal.AsBytes(values));
}
