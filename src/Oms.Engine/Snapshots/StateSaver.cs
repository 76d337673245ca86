using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Oms.Domain.Messages;
using Oms.Engine.Holdings;
using Oms.Engine.Ledgers;
using Oms.Engine.Orders;
using Oms.Engine.State;
using Oms.Engine.Transfers;
using Oms.Engine.Triggers;
using Oms.Matching;

namespace Oms.Engine.Snapshots;

/// <summary>
/// Writes the whole state, part after part, in an order that is the same for equal states: its hash is the
/// hash of these bytes. <see cref="StateLoader"/> reads the same parts in the same order.
/// </summary>
internal static class StateSaver
{
    /// <summary>"OMSSTAT6"; changed with the parts or their order.</summary>
    public const ulong Magic = 0x3654_41545353_4D4F;

    public static void Save(EngineState state, Outbox outbox, Stream stream)
    {
        var writer = new StateWriter(stream);
        writer.Write(Magic);
        writer.Write(MessageLayout.Version);
        writer.Write(MessageLayout.Hash);
        writer.Write(Unsafe.SizeOf<OrderState>());
        writer.Write(outbox.LogSequence);
        writer.Write(outbox.RequestSequence);
        writer.Write(outbox.Now);
        SaveState(writer, state);
        writer.Flush();
    }

    public static ulong Hash(EngineState state)
    {
        using var stream = new HashStream();
        var writer = new StateWriter(stream);
        SaveState(writer, state);
        writer.Flush();
        return stream.Hash;
    }

    private static void SaveState(StateWriter writer, EngineState state)
    {
        SaveScalars(writer, state);
        SaveDefinitions(writer, state);
        SaveAccounts(writer, state);
        SaveHoldings(writer, state);
        SaveOrders(writer, state);
        SaveTriggers(writer, state);
        SaveBooks(writer, state);
        SaveTransfers(writer, state.Transfers);
    }

    private static void SaveScalars(StateWriter writer, EngineState state)
    {
        EngineCapacity capacity = state.Capacity;
        writer.Write(capacity.AccountsMax);
        writer.Write(capacity.InstrumentsMax);
        writer.Write(capacity.AssetsMax);
        writer.Write(capacity.OrdersHeldMax);
        writer.Write(capacity.FillsRememberedMax);
        writer.Write(capacity.BalancesMax);
        writer.Write(capacity.PositionsMax);
        writer.Write(capacity.TransfersHeldMax);
        writer.Write(state.Limits);
        writer.Write(state.HasLimits);
        writer.Write(state.Shard);
        writer.Write(state.Epoch);
        writer.Write(state.StartedUnixNanos);
        writer.Write(state.OrderNumber);
        writer.Write(state.EvidenceId);
        writer.Write(state.IsLogBehind);
        writer.Write(state.FirmHalt);
        writer.Write(state.MidnightUnixNanos);
        writer.Write(state.ReportsOfUnknownOrders);
        writer.Write(state.TradesNotBookable);
        writer.Write(state.LateFills);
        writer.WriteAll<ChangeHalt>(CollectionsMarshal.AsSpan(state.PendingHalts));
        writer.Write(state.DueValuations.Count);
        foreach (InstrumentState instrument in state.DueValuations)
        {
            writer.Write(instrument.Id);
        }
    }

    private static void SaveDefinitions(StateWriter writer, EngineState state)
    {
        writer.Write(state.Exchanges.Count);
        foreach (ExchangeState exchange in state.Exchanges)
        {
            writer.Write(exchange.Name);
            writer.Write(exchange.Halt);
            writer.Write(exchange.IsMatchedHere);
        }

        writer.Write(state.Groups.Count);
        foreach (GroupState group in state.Groups.Values.Prepend(state.Firm))
        {
            writer.Write(group.Id);
            writer.Write(group.Limits);
            writer.Write(group.Value);
            writer.Write(group.UnvaluedHoldings);
            writer.Write(group.Granted);
            writer.Write(group.Allotments.Count);
            foreach ((int shard, Allotment allotment) in group.Allotments)
            {
                writer.Write(shard);
                writer.Write(allotment);
            }
        }

        writer.Write(state.Assets.Count());
        foreach (AssetState asset in state.Assets)
        {
            writer.Write(asset.Definition);
            for (ContraKind kind = ContraKind.Opening; kind <= ContraKind.Deposits; kind++)
            {
                writer.Write(asset.Contra[kind]);
            }
        }

        writer.Write(state.Instruments.Count());
        foreach (InstrumentState instrument in state.Instruments)
        {
            writer.Write(instrument.Definition);
            writer.Write(instrument.Filters);
            writer.Write(instrument.Prices);
            writer.Write(instrument.NextValuationUnixNanos);
            writer.Write(instrument.TradeIdLast);
        }

        foreach (ConnectorState connector in state.Connectors)
        {
            writer.Write(connector.Session);
            writer.Write(connector.IsSilent);
        }
    }

    private static void SaveAccounts(StateWriter writer, EngineState state)
    {
        writer.Write(state.Accounts.Count);
        foreach (AccountState account in state.Accounts)
        {
            writer.Write(account.Definition);
            writer.Write(account.Gate);
            writer.Write(account.GateReason);
            writer.Write(account.Halt);
            writer.Write(account.HaltReason);
            writer.Write(account.IsStreamUp);
            writer.Write(account.Sequence);
            writer.Write(account.Live.First);
            writer.Write(account.Live.Last);
            writer.Write(account.Live.Count);
            writer.Write(account.Limits);
            writer.WriteAll(account.Rate.Times);
            writer.Write(account.Rate.Next);
            writer.WriteAll(account.Recent.Entries);
            writer.Write(account.Recent.Next);
            writer.Write(account.Value);
            writer.Write(account.FuturesValue);
            writer.Write(account.UnvaluedHoldings);
            writer.Write(account.ProfitAndLoss);
            writer.Write(account.ProfitAndLossAtMidnight);
            writer.Write(account.IsProfitAndLossUnknown);
            writer.Write(account.DepositIdLast);
            writer.Write(account.IsAskedSinceHalt);
            writer.Write(account.ArePositionsKnown);
            writer.Write(account.PositionsKnownAtUnixNanos);
            writer.Write(account.EvidenceId);
            writer.Write(account.FilledSinceRoundBegan);
            writer.Write(account.ReconciledAtUnixNanos);
            writer.Write(account.RetryAtUnixNanos);
            writer.Write(account.TransferredAtUnixNanos);
            writer.Write(account.RoundsIncomplete);
            writer.Write(account.DoesEvidenceDiffer);
            writer.Write(account.IsToBeExplained);
        }
    }

    private static void SaveHoldings(StateWriter writer, EngineState state)
    {
        writer.Write(state.Ledger.Rows.Count);
        foreach (BalanceRow row in state.Ledger.Rows)
        {
            writer.Write(row.Account.Id);
            writer.Write(row.Wallet);
            writer.Write(row.Asset.Id);
            writer.Write(row.IsOpened);
            writer.Write(row.Difference);
            writer.Write(row.IsCostDoubtful);
            writer.Write(row.Total);
            writer.Write(row.Reserved);
            writer.Write(row.InTransit);
            writer.Write(row.Unrealized);
        }

        writer.Write(state.Holdings.All.Count);
        foreach (Holding holding in state.Holdings.All)
        {
            writer.Write(holding.Account.Id);
            writer.Write(holding.Instrument.Id);
            writer.Write(holding.Limits);
            writer.Write(holding.OpenBuys);
            writer.Write(holding.OpenSells);
            writer.Write(holding.OpenReducing);
            writer.Write(holding.OpenReductions);
            writer.Write(holding.Leverage);
            writer.Write(holding.FundingIds);
            writer.Write(holding.ValuedQuantity);
            writer.Write(holding.Value);
            writer.Write(holding.ProfitAndLoss);
            writer.Write(holding.Unrealized);
            writer.Write(holding.PositionMargin);
            writer.Write(holding.IsUnvalued);
            writer.Write(holding.IsProfitKnown);
        }

        writer.Write(state.Holdings.Positions.Count);
        foreach (Position position in state.Holdings.Positions)
        {
            writer.Write(position.Holding.Account.Id);
            writer.Write(position.Holding.Instrument.Id);
            writer.Write(position.Side);
            writer.Write(position.Quantity);
            writer.Write(position.OpenNotional);
            writer.Write(position.RealizedPnl);
            writer.Write(position.QuoteFees);
            writer.Write(position.BaseFees);
            writer.Write(position.FeeValue);
            writer.Write(position.Funding);
            writer.Write(position.SeenIn);
            writer.Write(position.Difference);
            writer.Write(position.DoubtfulBuys);
            writer.Write(position.DoubtfulSells);
            writer.Write(position.NewestTradeId);
        }
    }

    private static void SaveOrders(StateWriter writer, EngineState state)
    {
        OrderStore orders = state.Orders;
        writer.Write(orders.LiveCount + orders.FinalCount);
        for (int slot = 0; slot < orders.Capacity; slot++)
        {
            if (!orders[slot].OrderId.IsNone)
            {
                writer.Write(slot);
                writer.Write(orders[slot] with { BookHandle = default });
            }
        }

        writer.WriteAll(orders.FreeSlots);
        writer.Write(orders.FinalCount);
        for (int index = 0; index < orders.FinalCount; index++)
        {
            writer.Write(orders.FinalSlot(index));
        }

        writer.Write(state.Fills.Count);
        for (int index = 0; index < state.Fills.Count; index++)
        {
            writer.Write(state.Fills[index]);
        }

        writer.WriteAll(state.Expiries.Items);
    }

    /// <summary>Those that are settled first, so that they are forgotten in the same order.</summary>
    private static void SaveTransfers(StateWriter writer, TransferStore transfers)
    {
        writer.Write(transfers.Number);
        writer.Write(transfers.ForgottenIntentUnixNanos);
        writer.Write(transfers.Settled.Count + transfers.Live.Length);
        foreach (int slot in transfers.Settled)
        {
            writer.Write(transfers[slot]);
        }

        foreach (int slot in transfers.Live)
        {
            writer.Write(transfers[slot]);
        }
    }

    private static void SaveTriggers(StateWriter writer, EngineState state)
    {
        foreach (InstrumentState instrument in state.Instruments)
        {
            foreach (TriggerLadder ladder in instrument.Watch.Ladders)
            {
                writer.WriteAll(ladder.Slots);
            }

            writer.WriteAll<int>(CollectionsMarshal.AsSpan(instrument.Watch.Trailing));
        }
    }

    private static void SaveBooks(StateWriter writer, EngineState state)
    {
        foreach (InstrumentState instrument in state.Instruments)
        {
            for (BookSide side = BookSide.Bid; side <= BookSide.Ask; side++)
            {
                List<RestingOrder> orders = [];
                if (instrument.Book is { } book)
                {
                    foreach (RestingOrder order in book.Orders(side))
                    {
                        orders.Add(order);
                    }
                }

                writer.WriteAll<RestingOrder>(CollectionsMarshal.AsSpan(orders));
            }
        }
    }
}
