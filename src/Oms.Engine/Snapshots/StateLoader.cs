using System.Runtime.CompilerServices;
using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Text;
using Oms.Engine.Crossing;
using Oms.Engine.Holdings;
using Oms.Engine.Ledgers;
using Oms.Engine.Orders;
using Oms.Engine.Risk;
using Oms.Engine.State;
using Oms.Engine.Transfers;
using Oms.Engine.Triggers;
using Oms.Matching;

namespace Oms.Engine.Snapshots;

/// <summary>Reads what <see cref="StateSaver"/> wrote into an empty state.</summary>
internal static class StateLoader
{
    private const int CountMax = 1 << 28;

    /// <exception cref="InvalidDataException">The stream holds no state of this version.</exception>
    public static void Load(EngineState state, Outbox outbox, Matcher matcher, Stream stream)
    {
        var reader = new StateReader(stream);
        bool isOurs = reader.Read<ulong>() == StateSaver.Magic
            && reader.Read<int>() == MessageLayout.Version
            && reader.Read<ulong>() == MessageLayout.Hash
            && reader.Read<int>() == Unsafe.SizeOf<OrderState>();
        if (!isOurs)
        {
            throw new InvalidDataException("this is no engine state, or one of another version");
        }

        outbox.Restore(reader.Read<long>(), reader.Read<long>(), reader.Read<long>());
        LoadScalars(reader, state, out InstrumentId[] dueValuations);
        LoadDefinitions(reader, state);
        LoadAccounts(reader, state);
        LoadHoldings(reader, state);
        LoadOrders(reader, state);
        LoadTriggers(reader, state);
        LoadBooks(reader, state, matcher);
        LoadTransfers(reader, state.Transfers);
        LoadDueTimes(state, dueValuations);
        state.DirtyAccounts.Clear();
        state.Ledger.ClearDirty();
        state.Holdings.ClearDirty();
    }

    private static void LoadScalars(StateReader reader, EngineState state, out InstrumentId[] dueValuations)
    {
        state.Grow(new(
            reader.Read<int>(), reader.Read<int>(), reader.Read<int>(), reader.Read<int>(), reader.Read<int>())
        {
            BalancesMax = reader.Read<int>(),
            PositionsMax = reader.Read<int>(),
            TransfersHeldMax = reader.Read<int>(),
        });
        state.Limits = reader.Read<RiskLimits>();
        state.HasLimits = reader.Read<bool>();
        state.Shard = reader.Read<int>();
        state.Epoch = reader.Read<int>();
        state.StartedUnixNanos = reader.Read<long>();
        state.OrderNumber = reader.Read<long>();
        state.EvidenceId = reader.Read<long>();
        state.IsLogBehind = reader.Read<bool>();
        state.FirmHalt = reader.Read<HaltState>();
        state.MidnightUnixNanos = reader.Read<long>();
        state.ReportsOfUnknownOrders = reader.Read<long>();
        state.TradesNotBookable = reader.Read<long>();
        state.LateFills = reader.Read<long>();
        state.PendingHalts.AddRange(reader.ReadAll<ChangeHalt>(CountMax));
        dueValuations = reader.ReadAll<InstrumentId>(CountMax);
    }

    /// <summary>When to look next follows from what is looked at.</summary>
    private static void LoadDueTimes(EngineState state, InstrumentId[] dueValuations)
    {
        foreach (InstrumentId id in dueValuations)
        {
            InstrumentState instrument = state.Instrument(id);
            instrument.IsValuationDue = true;
            state.DueValuations.Add(instrument);
            state.NextValuationUnixNanos =
                Math.Min(state.NextValuationUnixNanos, instrument.NextValuationUnixNanos);
        }

        foreach (AccountState account in state.Accounts.Where(account => account.RetryAtUnixNanos != 0))
        {
            state.NextRetryUnixNanos = Math.Min(state.NextRetryUnixNanos, account.RetryAtUnixNanos);
        }
    }

    private static void LoadDefinitions(StateReader reader, EngineState state)
    {
        for (int left = reader.ReadCount(CountMax); left > 0; left--)
        {
            ExchangeState exchange = state.Exchange(reader.Read<Text16>());
            exchange.Halt = reader.Read<HaltState>();
            exchange.IsMatchedHere = reader.Read<bool>();
        }

        for (int left = reader.ReadCount(CountMax) + 1; left > 0; left--)
        {
            GroupState group = state.Group(reader.Read<uint>());
            group.Limits = reader.Read<LimitsDefined>();
            group.Value = reader.Read<Int128>();
            group.UnvaluedHoldings = reader.Read<int>();
            group.Granted = reader.Read<long>();
            for (int parts = reader.ReadCount(CountMax); parts > 0; parts--)
            {
                group.Allotments.Add(reader.Read<int>(), reader.Read<Allotment>());
            }
        }

        for (int left = reader.ReadCount(CountMax); left > 0; left--)
        {
            AssetDefined definition = reader.Read<AssetDefined>();
            state.Define(in definition);
            AssetState? asset = state.FindAsset(definition.AssetId);
            for (ContraKind kind = ContraKind.Opening; kind <= ContraKind.Deposits; kind++)
            {
                asset?.Contra.Restore(kind, reader.Read<Int128>());
            }
        }

        for (int left = reader.ReadCount(CountMax); left > 0; left--)
        {
            InstrumentDefined definition = reader.Read<InstrumentDefined>();
            state.Define(in definition);
            InstrumentState instrument = state.Instrument(definition.InstrumentId);
            instrument.Filters = reader.Read<InstrumentFilters>();
            instrument.Prices = reader.Read<MarketPrices>();
            instrument.NextValuationUnixNanos = reader.Read<long>();
            instrument.TradeIdLast = reader.Read<long>();
        }

        foreach (ConnectorState connector in state.Connectors)
        {
            connector.Session = reader.Read<long>();
            connector.IsSilent = reader.Read<bool>();
        }
    }

    private static void LoadAccounts(StateReader reader, EngineState state)
    {
        for (int left = reader.ReadCount(CountMax); left > 0; left--)
        {
            AccountDefined definition = reader.Read<AccountDefined>();
            state.Define(in definition);
            AccountState account = state.Account(definition.Header.AccountId);
            account.Gate = reader.Read<AccountGate>();
            account.GateReason = reader.Read<GateReason>();
            account.Halt = reader.Read<HaltState>();
            account.HaltReason = reader.Read<HaltReason>();
            account.IsStreamUp = reader.Read<bool>();
            account.Sequence = reader.Read<long>();
            account.Live.Restore(reader.Read<int>(), reader.Read<int>(), reader.Read<int>());
            account.Limits = reader.Read<LimitsDefined>();
            account.Rate.Restore(reader.ReadAll<long>(CountMax), reader.Read<int>());
            account.Recent.Restore(
                reader.ReadAll<RecentOrders.Entry>(RecentOrders.Count), reader.Read<int>());
            account.Value = reader.Read<Int128>();
            account.FuturesValue = reader.Read<Int128>();
            account.UnvaluedHoldings = reader.Read<int>();
            account.ProfitAndLoss = reader.Read<Int128>();
            account.ProfitAndLossAtMidnight = reader.Read<Int128>();
            account.IsProfitAndLossUnknown = reader.Read<bool>();
            account.DepositIdLast = reader.Read<long>();
            account.IsAskedSinceHalt = reader.Read<bool>();
            account.ArePositionsKnown = reader.Read<bool>();
            account.PositionsKnownAtUnixNanos = reader.Read<long>();
            account.EvidenceId = reader.Read<long>();
            account.FilledSinceRoundBegan = reader.Read<bool>();
            account.ReconciledAtUnixNanos = reader.Read<long>();
            account.RetryAtUnixNanos = reader.Read<long>();
            account.TransferredAtUnixNanos = reader.Read<long>();
            account.RoundsIncomplete = reader.Read<int>();
            account.DoesEvidenceDiffer = reader.Read<bool>();
            account.IsToBeExplained = reader.Read<bool>();
        }
    }

    private static void LoadHoldings(StateReader reader, EngineState state)
    {
        for (int left = reader.ReadCount(CountMax); left > 0; left--)
        {
            AccountState account = state.Account(reader.Read<AccountId>());
            Market wallet = reader.Read<Market>();
            AssetState? asset = state.FindAsset(reader.Read<AssetId>());
            Domain.Invariant.Holds(asset is not null);
            BalanceRow row = state.Ledger.Row(account, wallet, asset);
            row.IsOpened = reader.Read<bool>();
            row.Difference = reader.Read<long>();
            row.IsCostDoubtful = reader.Read<bool>();
            row.Total = reader.Read<long>();
            row.Reserved = reader.Read<long>();
            row.InTransit = reader.Read<long>();
            row.Unrealized = reader.Read<Int128>();
        }

        for (int left = reader.ReadCount(CountMax); left > 0; left--)
        {
            Holding holding = Holding(reader, state);
            holding.Limits = reader.Read<LimitsDefined>();
            holding.OpenBuys = reader.Read<long>();
            holding.OpenSells = reader.Read<long>();
            holding.OpenReducing = reader.Read<long>();
            holding.OpenReductions = reader.Read<PerPosition>();
            holding.Instrument.OpenReductions += holding.Instrument.IsFutures ? holding.OpenReductions.Sum : 0;
            holding.Leverage = reader.Read<int>();
            holding.FundingIds = reader.Read<FundingIds>();
            holding.ValuedQuantity = reader.Read<long>();
            holding.Value = reader.Read<long>();
            holding.ProfitAndLoss = reader.Read<long>();
            holding.Unrealized = reader.Read<long>();
            holding.PositionMargin = reader.Read<long>();
            holding.IsUnvalued = reader.Read<bool>();
            holding.IsProfitKnown = reader.Read<bool>();
        }

        for (int left = reader.ReadCount(CountMax); left > 0; left--)
        {
            Position position = Holding(reader, state).Position(reader.Read<PositionSide>());
            position.Quantity = reader.Read<long>();
            position.OpenNotional = reader.Read<long>();
            position.RealizedPnl = reader.Read<long>();
            position.QuoteFees = reader.Read<long>();
            position.BaseFees = reader.Read<long>();
            position.FeeValue = reader.Read<long>();
            position.Funding = reader.Read<long>();
            position.SeenIn = reader.Read<long>();
            position.Difference = reader.Read<long>();
            position.DoubtfulBuys = reader.Read<long>();
            position.DoubtfulSells = reader.Read<long>();
            position.NewestTradeId = reader.Read<long>();
        }
    }

    private static Holding Holding(StateReader reader, EngineState state)
    {
        Holding? holding = state.TryHold(
            state.Account(reader.Read<AccountId>()), state.Instrument(reader.Read<InstrumentId>()));
        Domain.Invariant.Holds(holding is not null);
        return holding;
    }

    private static void LoadOrders(StateReader reader, EngineState state)
    {
        for (int left = reader.ReadCount(state.Orders.Capacity); left > 0; left--)
        {
            int slot = reader.Read<int>();
            state.Orders[slot] = reader.Read<OrderState>();
        }

        state.Orders.Restore(
            reader.ReadAll<int>(state.Orders.Capacity), reader.ReadAll<int>(state.Orders.Capacity));
        state.Fills.Restore(reader.ReadAll<FillIndex.Fill>(CountMax));
        state.Expiries.Restore(reader.ReadAll<ExpiryQueue.Expiry>(CountMax));
    }

    private static void LoadTransfers(StateReader reader, TransferStore transfers)
    {
        transfers.Number = reader.Read<long>();
        transfers.ForgottenIntentUnixNanos = reader.Read<long>();
        for (int left = reader.ReadCount(CountMax); left > 0; left--)
        {
            TransferState transfer = reader.Read<TransferState>();
            transfers.Restore(in transfer);
        }
    }

    private static void LoadTriggers(StateReader reader, EngineState state)
    {
        foreach (InstrumentState instrument in state.Instruments)
        {
            foreach (TriggerLadder ladder in instrument.Watch.Ladders)
            {
                instrument.Watch.Restore(state.Orders, ladder, reader.ReadAll<int>(state.Orders.Capacity));
            }

            instrument.Watch.Trailing.AddRange(reader.ReadAll<int>(state.Orders.Capacity));
        }
    }

    private static void LoadBooks(StateReader reader, EngineState state, Matcher matcher)
    {
        foreach (InstrumentState instrument in state.Instruments)
        {
            for (BookSide side = BookSide.Bid; side <= BookSide.Ask; side++)
            {
                foreach (RestingOrder order in reader.ReadAll<RestingOrder>(state.Orders.Capacity))
                {
                    matcher.Restore(in order);
                }
            }
        }
    }
}
