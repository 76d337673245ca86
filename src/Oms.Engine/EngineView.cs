using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Numbers;
using Oms.Engine.Holdings;
using Oms.Engine.Ledgers;
using Oms.Engine.State;
using Oms.Matching;
using BookLevel = Oms.Domain.Instruments.BookLevel;

namespace Oms.Engine;

/// <summary>What the process around the engine may read of its state, between two inputs.</summary>
public sealed class EngineView
{
    private readonly EngineState _state;

    internal EngineView(EngineState state) => _state = state;

    public int Epoch => _state.Epoch;

    public RiskLimits? Limits => _state.HasLimits ? _state.Limits : null;

    /// <summary>What the engine holds at most, as far as the log defined it.</summary>
    public EngineCapacity Capacity => _state.Capacity;

    public bool IsConnectorSilent(int connector) => _state.Connector(connector).IsSilent;

    public bool IsLogBehind => _state.IsLogBehind;

    public int LiveOrders => _state.Orders.LiveCount;

    /// <summary>Transfers of which something is waited for.</summary>
    public int LiveTransfers => _state.Transfers.Live.Length;

    /// <summary>Reports about orders that the engine does not hold.</summary>
    public long ReportsOfUnknownOrders => _state.ReportsOfUnknownOrders;

    /// <summary>
    /// Trades that are of another instrument than their order, or larger than anything real.
    /// </summary>
    public long TradesNotBookable => _state.TradesNotBookable;

    /// <summary>Fills that came after their order was final, or beyond its quantity.</summary>
    public long LateFills => _state.LateFills;

    public IEnumerable<AccountDefined> Accounts => _state.Accounts.Select(account => account.Definition);

    public IEnumerable<AssetDefined> Assets => _state.Assets.Select(asset => asset.Definition);

    public IEnumerable<InstrumentDefined> Instruments =>
        _state.Instruments.Select(instrument => instrument.Definition);

    /// <summary>The gate of each account, in the order of their ids.</summary>
    public IEnumerable<AccountGate> Gates => _state.Accounts.Select(account => account.Gate);

    /// <summary>The limits of an account, and of its instruments, as they were last defined.</summary>
    public IEnumerable<LimitsDefined> LimitsOf(AccountId account) =>
        _state.FindAccount(account) is not { } found
            ? []
            : found.Holdings.Select(holding => holding.Limits).Prepend(found.Limits)
                .Where(limits => limits.Scope != 0);

    /// <summary>The limits of the firm and of its groups, as they were last defined.</summary>
    public IEnumerable<LimitsDefined> SharedLimits =>
        _state.Groups.Values.Prepend(_state.Firm).Select(group => group.Limits)
            .Where(limits => limits.Scope != 0);

    /// <summary>What the exchange stated of an instrument, or who matches it; all zeros before.</summary>
    public InstrumentFilters FiltersOf(InstrumentId instrument) => _state.Instrument(instrument).Filters;

    /// <summary>Of the last trade of an instrument; 0 when none is known.</summary>
    public long LastPriceOf(InstrumentId instrument) => _state.Instrument(instrument).Prices.Last;

    /// <summary>
    /// Copies the best levels of the book of an instrument that is matched here, best first, as many as fit; nothing of
    /// others.
    /// </summary>
    public (int Bids, int Asks) CopyBook(InstrumentId id, Span<BookLevel> bids, Span<BookLevel> asks)
    {
        InstrumentState instrument = _state.Instrument(id);
        return instrument is { IsMatchedHere: true, Book: { } book }
            ? (Copy(book, BookSide.Bid, instrument, bids), Copy(book, BookSide.Ask, instrument, asks))
            : (0, 0);
    }

    /// <summary>Of an instrument that is matched here; zeros on a side where nothing rests.</summary>
    public TopOfBook TopOf(InstrumentId id)
    {
        InstrumentState instrument = _state.Instrument(id);
        Matching.BookLevel bid = default;
        Matching.BookLevel ask = default;
        if (instrument is { IsMatchedHere: true, Book: { } book })
        {
            _ = book.TryGetBest(BookSide.Bid, out bid);
            _ = book.TryGetBest(BookSide.Ask, out ask);
        }

        return new()
        {
            Header = MessageHeader.For<TopOfBook>(),
            InstrumentId = id,
            BidPrice = bid.Price,
            BidQuantity = bid.Quantity,
            AskPrice = ask.Price,
            AskQuantity = ask.Quantity,
            ExchangeUnixNanos = instrument.Prices.TopUnixNanos,
        };
    }

    /// <summary>Of the last deposit into an account; 0 before the first.</summary>
    public long LastDepositOf(AccountId account) => _state.Account(account).DepositIdLast;

    /// <summary>
    /// What all balances of an asset and its contra account add up to: zero, always.
    /// </summary>
    public Int128 LedgerSum(AssetId asset)
    {
        Int128 sum = _state.FindAsset(asset)?.Contra.Sum ?? 0;
        foreach (BalanceRow row in _state.Ledger.Rows)
        {
            if (row.Asset.Id == asset)
            {
                sum += (Int128)row.Total + row.InTransit;
            }
        }

        return sum;
    }

    /// <summary>Shows what changed since the last time.</summary>
    public void PublishChanges(ILiveTables tables)
    {
        foreach (BalanceRow row in _state.Ledger.Dirty)
        {
            tables.Write(row.Index, LiveRows.Of(row));
        }

        foreach (Position position in _state.Holdings.Dirty)
        {
            tables.Write(position.Index, LiveRows.Of(position));
        }

        foreach (AccountState account in _state.DirtyAccounts)
        {
            Publish(tables, account);
        }

        if (_state.DirtyAccounts.Count > 0)
        {
            tables.Write(0, LiveRows.OfFirm(_state.FirmHalt));
        }

        _state.Ledger.ClearDirty();
        _state.Holdings.ClearDirty();
        _state.DirtyAccounts.Clear();
    }

    /// <summary>Shows everything.</summary>
    public void PublishAll(ILiveTables tables)
    {
        foreach (BalanceRow row in _state.Ledger.Rows)
        {
            tables.Write(row.Index, LiveRows.Of(row));
        }

        foreach (Position position in _state.Holdings.Positions)
        {
            tables.Write(position.Index, LiveRows.Of(position));
        }

        foreach (AccountState account in _state.Accounts)
        {
            Publish(tables, account);
        }

        tables.Write(0, LiveRows.OfFirm(_state.FirmHalt));
        PublishChanges(tables);
    }

    /// <summary>
    /// A number over all that decides what the engine does next: equal states have equal hashes, in every
    /// process and on every machine.
    /// </summary>
    public ulong StateHash() => Snapshots.StateSaver.Hash(_state);

    private static int Copy(OrderBook book, BookSide side, InstrumentState instrument, Span<BookLevel> levels)
    {
        Span<Matching.BookLevel> resting = stackalloc Matching.BookLevel[Math.Min(levels.Length, BookLevel.PerSideMax)];
        int count = book.CopyLevels(side, resting);
        long factor = PowersOfTen.Of(BookLevel.QuantityDecimals - instrument.Definition.QuantityDecimals);
        for (int level = 0; level < count; level++)
        {
            // What is larger than can be told is told as the largest.
            var quantity = (long)Int128.Min((Int128)resting[level].Quantity * factor, long.MaxValue);
            levels[level] = new() { Price = resting[level].Price, Quantity = quantity };
        }

        return count;
    }

    private void Publish(ILiveTables tables, AccountState account)
    {
        tables.Write((int)account.Id.Value - 1, LiveRows.GateOf(account));
        tables.Write((int)account.Id.Value, LiveRows.HaltOf(account, _state.FirmHalt));
    }
}
