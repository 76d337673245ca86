using Oms.Domain;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Engine.Ledgers;
using Oms.Engine.Orders;
using Oms.Engine.Positions;

namespace Oms.Engine.State;

/// <summary>All that the engine remembers. Ids are places in arrays: number 1 is place 0.</summary>
internal sealed class EngineState
{
    private AccountState?[] _accounts;
    private InstrumentState?[] _instruments;
    private AssetDefined?[] _assets;
    private readonly ConnectorState[] _connectors =
        [.. Enumerable.Range(0, EngineCapacity.ConnectorsMax).Select(_ => new ConnectorState())];

    public EngineState(EngineCapacity capacity)
    {
        Capacity = capacity;
        _accounts = new AccountState?[capacity.AccountsMax];
        _instruments = new InstrumentState?[capacity.InstrumentsMax];
        _assets = new AssetDefined?[capacity.AssetsMax];
        Orders = new(capacity.OrdersHeldMax);
        Fills = new(capacity.FillsRememberedMax, Orders);
        Ledger = new(capacity.BalancesMax);
        Positions = new(capacity.PositionsMax);
    }

    public EngineCapacity Capacity { get; private set; }

    public OrderStore Orders { get; }

    public FillIndex Fills { get; }

    public Ledger Ledger { get; }

    public PositionBook Positions { get; }

    public RiskLimits? Limits { get; set; }

    public int Shard { get; set; }

    /// <summary>0 before the first start of a FastPath was logged.</summary>
    public int Epoch { get; set; }

    /// <summary>Of the last order of this epoch.</summary>
    public long OrderNumber { get; set; }

    /// <summary>Of the last round of evidence, over all accounts.</summary>
    public long EvidenceId { get; set; }

    /// <summary>Reports about orders that the engine does not hold: foreign, or long final.</summary>
    public long ReportsOfUnknownOrders { get; set; }

    /// <summary>
    /// Trades that are of another instrument than their order, or larger than anything real.
    /// </summary>
    public long TradesNotBookable { get; set; }

    public IReadOnlyList<ConnectorState> Connectors => _connectors;

    /// <summary>Defined accounts, in the order of their ids.</summary>
    public IEnumerable<AccountState> Accounts => _accounts.OfType<AccountState>();

    public IEnumerable<InstrumentState> Instruments => _instruments.OfType<InstrumentState>();

    public IEnumerable<AssetDefined> Assets =>
        _assets.Where(asset => asset is not null).Select(asset => asset!.Value);

    public AccountState? FindAccount(AccountId id) => At(_accounts, id.Value);

    public InstrumentState? FindInstrument(InstrumentId id) => At(_instruments, id.Value);

    public bool IsDefined(AssetId id) => At(_assets, id.Value) is not null;

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

    public ConnectorState Connector(int index)
    {
        Invariant.Holds(index >= 0 && index < _connectors.Length);
        return _connectors[index];
    }

    public ConnectorState ConnectorOf(AccountId account) => Connector(Account(account).Definition.Connector);

    /// <summary>Makes room for more; what is held stays.</summary>
    public void Grow(in CapacityDefined defined)
    {
        Capacity = Capacity.GrownTo(new(
            defined.AccountsMax,
            defined.InstrumentsMax,
            defined.AssetsMax,
            defined.OrdersHeldMax,
            defined.FillsRememberedMax)
        {
            BalancesMax = defined.BalancesMax,
            PositionsMax = defined.PositionsMax,
        });
        Array.Resize(ref _accounts, Capacity.AccountsMax);
        Array.Resize(ref _instruments, Capacity.InstrumentsMax);
        Array.Resize(ref _assets, Capacity.AssetsMax);
        Orders.Grow(Capacity.OrdersHeldMax);
        Fills.Grow(Capacity.FillsRememberedMax);
        Ledger.RowsMax = Capacity.BalancesMax;
        Positions.RowsMax = Capacity.PositionsMax;
    }

    public void Define(in AccountDefined definition)
    {
        ref AccountState? place = ref _accounts[PlaceOf(definition.Header.AccountId.Value, _accounts.Length)];
        if (place is null)
        {
            place = new AccountState { Definition = definition };
        }
        else
        {
            place.Definition = definition;
        }
    }

    public void Define(in AssetDefined definition) =>
        _assets[PlaceOf(definition.AssetId.Value, _assets.Length)] = definition;

    public void Define(in InstrumentDefined definition)
    {
        ref InstrumentState? place =
            ref _instruments[PlaceOf(definition.InstrumentId.Value, _instruments.Length)];
        AssetDefined? baseAsset = At(_assets, definition.BaseAssetId.Value);
        AssetDefined? quoteAsset = At(_assets, definition.QuoteAssetId.Value);
        Invariant.Holds(place is null && baseAsset is not null && quoteAsset is not null);
        place = new InstrumentState
        {
            Definition = definition,
            BaseDecimals = baseAsset.Value.Decimals,
            QuoteDecimals = quoteAsset.Value.Decimals,
        };
    }

    private static T? At<T>(T?[] array, uint id) => id == 0 || id > array.Length ? default : array[id - 1];

    private static int PlaceOf(uint id, int length)
    {
        Invariant.Holds(id > 0 && id <= length);
        return (int)id - 1;
    }
}
