using Oms.Domain;
using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Text;
using Oms.Engine.Holdings;
using Oms.Engine.Ledgers;
using Oms.Engine.Orders;
using Oms.Engine.Transfers;
using Oms.Matching;

namespace Oms.Engine.State;

/// <summary>All that the engine remembers. Ids are places in arrays: number 1 is place 0.</summary>
internal sealed class EngineState
{
    private AccountState?[] _accounts = [];
    private InstrumentState?[] _instruments = [];
    private AssetState?[] _assets = [];
    private readonly ConnectorState[] _connectors =
        [.. Enumerable.Range(0, EngineCapacity.ConnectorsMax).Select(_ => new ConnectorState())];

    public EngineState(EngineCapacity capacity)
    {
        Fills = new(Orders);
        Expiries = new(Orders);
        Grow(capacity);
    }

    public EngineCapacity Capacity { get; private set; } = EngineCapacity.None;

    public OrderStore Orders { get; } = new();

    public FillIndex Fills { get; }

    public Ledger Ledger { get; } = new();

    public HoldingTable Holdings { get; } = new();

    public ExpiryQueue Expiries { get; }

    public TransferStore Transfers { get; } = new();

    public Agenda Agenda { get; } = new();

    /// <summary>All zeros before the first were defined.</summary>
    public RiskLimits Limits;

    public bool HasLimits { get; set; }

    public int Shard { get; set; }

    /// <summary>This shard divides the limits that hold over all shards.</summary>
    public bool IsLead => Shard == GroupState.LeadShard;

    /// <summary>0 before the first start of a FastPath was logged.</summary>
    public int Epoch { get; set; }

    /// <summary>When this epoch began, Unix nanoseconds.</summary>
    public long StartedUnixNanos { get; set; }

    /// <summary>Of the last order of this epoch.</summary>
    public long OrderNumber { get; set; }

    /// <summary>Of the last round of evidence, over all accounts.</summary>
    public long EvidenceId { get; set; }

    /// <summary>The disk does not take what the log holds.</summary>
    public bool IsLogBehind { get; set; }

    public HaltState FirmHalt { get; set; } = HaltState.Resumed;

    public bool IsFirmHalted => FirmHalt != HaltState.Resumed;

    /// <summary>When the day of losses ends, Unix nanoseconds; 0 before the first input.</summary>
    public long MidnightUnixNanos { get; set; }

    /// <summary>Reports about orders that the engine does not hold: foreign, or long final.</summary>
    public long ReportsOfUnknownOrders { get; set; }

    /// <summary>
    /// Trades that are of another instrument than their order, or larger than anything real.
    /// </summary>
    public long TradesNotBookable { get; set; }

    /// <summary>Fills after an order was final, or beyond its quantity: booked, and somebody should look.
    /// </summary>
    public long LateFills { get; set; }

    /// <summary>When the first of the accounts is to be asked again, or earlier; Unix nanoseconds.</summary>
    public long NextRetryUnixNanos { get; set; } = long.MaxValue;

    /// <summary>When the first of <see cref="DueValuations"/> is due, or earlier; Unix nanoseconds.</summary>
    public long NextValuationUnixNanos { get; set; } = long.MaxValue;

    /// <summary>Instruments whose price changed since their holdings were valued, in that order.</summary>
    public List<InstrumentState> DueValuations { get; } = [];

    /// <summary>Halts that are not confirmed yet, oldest first.</summary>
    public List<ChangeHalt> PendingHalts { get; } = [];

    /// <summary>Accounts whose gate or halt changed since the list was last cleared.</summary>
    public List<AccountState> DirtyAccounts { get; } = [];

    /// <summary>Where the orders of all books lie.</summary>
    public OrderPool BookPool { get; } = new(1);

    public GroupState Firm { get; } = new(0);

    public SortedDictionary<uint, GroupState> Groups { get; } = [];

    public List<ExchangeState> Exchanges { get; } = [];

    public IReadOnlyList<ConnectorState> Connectors => _connectors;

    /// <summary>Defined accounts, in the order of their ids.</summary>
    public List<AccountState> Accounts { get; } = [];

    public IEnumerable<InstrumentState> Instruments => _instruments.OfType<InstrumentState>();

    public IEnumerable<AssetState> Assets => _assets.OfType<AssetState>();

    public AccountState? FindAccount(AccountId id) => At(_accounts, id.Value);

    public InstrumentState? FindInstrument(InstrumentId id) => At(_instruments, id.Value);

    public AssetState? FindAsset(AssetId id) => At(_assets, id.Value);

    public AccountState Account(AccountId id)
    {
        AccountState? account = FindAccount(id);
        Invariant.Holds(account is not null);
        return account;
    }

    public InstrumentState Instrument(InstrumentId id)
    {
        InstrumentState? instrument = FindInstrument(id);
        Invariant.Holds(instrument is not null);
        return instrument;
    }

    public Holding HoldingOf(ref readonly OrderState order)
    {
        Holding? holding = Holdings.Find(order.AccountId, order.InstrumentId);
        Invariant.Holds(holding is not null);
        return holding;
    }

    public ConnectorState Connector(int index)
    {
        Invariant.Holds(index >= 0 && index < _connectors.Length);
        return _connectors[index];
    }

    public OrderId NextOrderId() => OrderId.Of(Shard, Epoch, ++OrderNumber);

    /// <summary>Whether this epoch has that many order numbers left.</summary>
    public bool HasNumbersFor(int count) => OrderNumber + count <= OrderId.NumberMax;

    /// <summary>Whether that many more orders can be numbered and held.</summary>
    public bool HasRoomFor(int orders) => HasNumbersFor(orders) && Orders.HasRoomFor(orders);

    /// <summary>The holding, made at first use; null where there is no room for it.</summary>
    public Holding? TryHold(AccountState account, InstrumentState instrument)
    {
        Holding? known = Holdings.Find(account.Id, instrument.Id);
        bool hasRoom = known is not null
            || (Holdings.HasRoomFor(instrument)
                && Ledger.HasRoomFor(account, instrument.Wallet, instrument.Base, instrument.Quote));
        return hasRoom ? known ?? Holdings.Add(account, instrument, Ledger) : null;
    }

    /// <summary>Looks at the orders that reduce a position, where they are more than is left of it.</summary>
    /// <param name="before">The position before it changed.</param>
    public void NoteReduced(Holding holding, PositionSide side, long before)
    {
        if (holding.Instrument.IsFutures && holding.IsOverReduced(side, before))
        {
            Agenda.Add(
                Consequence.PositionShrank, ((long)holding.Account.Id.Value << 32) | holding.Instrument.Id.Value);
        }
    }

    /// <summary>Whether what adds risk is stopped for an account.</summary>
    public bool IsHalted(AccountState account) =>
        account.IsHalted || account.Exchange.IsHalted || IsFirmHalted;

    /// <summary>
    /// Whether an order of a halted account lives that has to end. What came after the halt may stay: it only makes a
    /// position smaller.
    /// </summary>
    public bool HasToEnd(AccountState account)
    {
        for (int slot = account.Live.First; slot != LiveOrders.None; slot = Orders[slot].NextLive)
        {
            ref readonly OrderState order = ref Orders[slot];
            if (order.Has(OrderMarks.MustEnd) || order.Origin == OrderOrigin.External)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether the account may send an order now. While evidence is being gathered, only what makes a position
    /// smaller.
    /// </summary>
    public static bool IsOpenFor(AccountState account, InstrumentState instrument, bool isClosing) =>
        instrument.IsMatchedHere
        || account.Gate == AccountGate.Ready
        || (account.Gate == AccountGate.Reconciling && isClosing);

    /// <summary>Makes room for more; what is held stays.</summary>
    public void Grow(EngineCapacity capacity)
    {
        Capacity = Capacity.GrownTo(capacity);
        Array.Resize(ref _accounts, Capacity.AccountsMax);
        Array.Resize(ref _instruments, Capacity.InstrumentsMax);
        Array.Resize(ref _assets, Capacity.AssetsMax);
        Orders.Grow(Capacity.OrdersHeldMax);
        BookPool.EnsureCapacity(Math.Min(Math.Max(1, Capacity.OrdersHeldMax), OrderPool.CapacityMax));
        Fills.Grow(Capacity.FillsRememberedMax);
        Ledger.RowsMax = Capacity.BalancesMax;
        Transfers.Grow(Capacity.TransfersHeldMax, Capacity.AccountsMax);
        Holdings.Grow(Capacity.AccountsMax, Capacity.InstrumentsMax, Capacity.PositionsMax);
    }

    public void Define(in AccountDefined definition)
    {
        ref AccountState? place = ref _accounts[PlaceOf(definition.Header.AccountId.Value, _accounts.Length)];
        if (place is null)
        {
            place = new AccountState(in definition, Exchange(definition.Exchange));
            AccountId id = place.Id;
            int before = Accounts.FindLastIndex(account => account.Id.Value < id.Value);
            Accounts.Insert(before + 1, place);
        }

        place.Definition = definition;
        MoveTo(place, definition.OwnerGroup == 0 ? null : Group(definition.OwnerGroup));
        if (place.Exchange.IsMatchedHere)
        {
            place.Gate = AccountGate.Ready;
        }

        DirtyAccounts.Add(place);
    }

    public void Define(in AssetDefined definition)
    {
        ref AssetState? place = ref _assets[PlaceOf(definition.AssetId.Value, _assets.Length)];
        place ??= new AssetState(in definition);
        place.Definition = definition;
    }

    public void Define(in InstrumentDefined definition)
    {
        ref InstrumentState? place =
            ref _instruments[PlaceOf(definition.InstrumentId.Value, _instruments.Length)];
        AssetState? baseAsset = FindAsset(definition.BaseAssetId);
        AssetState? quoteAsset = FindAsset(definition.QuoteAssetId);
        Invariant.Holds(place is null && baseAsset is not null && quoteAsset is not null);
        Invariant.Holds(definition.QuantityDecimals <= baseAsset.Decimals);
        place = new InstrumentState(in definition, baseAsset, quoteAsset, Exchange(definition.Exchange));
        quoteAsset.QuotedBy.Add(place);
        NoteAsValuing(place);
        if (place.IsMatchedHere)
        {
            OpenGates(place.Exchange);
        }
    }

    public void Define(in RiskLimits limits)
    {
        Limits = limits;
        HasLimits = true;
        foreach (AssetState asset in Assets)
        {
            asset.ValuedBy = null;
        }

        foreach (InstrumentState instrument in Instruments)
        {
            NoteAsValuing(instrument);
        }
    }

    public GroupState Group(uint id)
    {
        if (id == Firm.Id)
        {
            return Firm;
        }

        if (!Groups.TryGetValue(id, out GroupState? group))
        {
            group = new(id);
            Groups.Add(id, group);
        }

        return group;
    }

    public GroupState? FindGroup(uint id) => id == Firm.Id ? Firm : Groups.GetValueOrDefault(id);

    public ExchangeState Exchange(in Text16 name)
    {
        if (FindExchange(in name) is { } known)
        {
            return known;
        }

        var added = new ExchangeState(in name);
        Exchanges.Add(added);
        return added;
    }

    public ExchangeState? FindExchange(in Text16 name)
    {
        foreach (ExchangeState exchange in Exchanges)
        {
            if (exchange.Name == name)
            {
                return exchange;
            }
        }

        return null;
    }

    private static void MoveTo(AccountState account, GroupState? group)
    {
        if (account.Group != group)
        {
            account.Group?.Value -= account.Value;
            account.Group?.UnvaluedHoldings -= account.UnvaluedHoldings;
            group?.Value += account.Value;
            group?.UnvaluedHoldings += account.UnvaluedHoldings;
            account.Group = group;
        }
    }

    /// <summary>Accounts of an exchange that is none wait for nobody.</summary>
    private void OpenGates(ExchangeState exchange)
    {
        exchange.IsMatchedHere = true;
        foreach (AccountState account in Accounts)
        {
            if (account.Exchange == exchange)
            {
                account.Gate = AccountGate.Ready;
                DirtyAccounts.Add(account);
            }
        }
    }

    /// <summary>The first instrument of an asset in the valuation asset says what the asset is worth.</summary>
    private void NoteAsValuing(InstrumentState instrument)
    {
        if (!Limits.ValuationAssetId.IsNone
            && instrument.Quote.Id == Limits.ValuationAssetId)
        {
            instrument.Base.ValuedBy ??= instrument;
        }
    }

    // No id is 0: less one it is the largest number, and no place.
    private static T? At<T>(T?[] array, uint id)
        where T : class => unchecked(id - 1) < (uint)array.Length ? array[id - 1] : null;

    private static int PlaceOf(uint id, int length)
    {
        Invariant.Holds(id > 0 && id <= length);
        return (int)id - 1;
    }
}
