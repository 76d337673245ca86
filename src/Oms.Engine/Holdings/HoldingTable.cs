using System.Runtime.InteropServices;
using Oms.Domain;
using Oms.Domain.Ids;
using Oms.Domain.Orders;
using Oms.Engine.State;

namespace Oms.Engine.Holdings;

/// <summary>
/// Holdings by (account, instrument). They are never removed; their order is that of first use.
/// </summary>
internal sealed class HoldingTable
{
    private readonly List<Holding> _all = [];
    private readonly List<Position> _positions = [];
    private readonly List<Position> _dirty = [];
    private Holding?[] _byKey = [];
    private int _instrumentsMax;
    private int _positionsPromised;

    /// <summary>Positions that there may be.</summary>
    public int PositionsMax { get; private set; }

    /// <summary>In the order in which they were first used.</summary>
    public IReadOnlyList<Position> Positions => _positions;

    /// <summary>Positions that are new or changed since the list was last cleared, each once.</summary>
    public ReadOnlySpan<Position> Dirty => CollectionsMarshal.AsSpan(_dirty);

    public IReadOnlyList<Holding> All => _all;

    /// <summary>Makes room for more accounts and instruments; what is held stays.</summary>
    public void Grow(int accountsMax, int instrumentsMax, int positionsMax)
    {
        var grown = new Holding?[accountsMax * instrumentsMax];
        foreach (Holding holding in _all)
        {
            grown[PlaceOf(holding.Account.Id, holding.Instrument.Id, instrumentsMax)] = holding;
        }

        (_byKey, _instrumentsMax, PositionsMax) = (grown, instrumentsMax, positionsMax);
    }

    /// <summary>Null where the account never traded the instrument.</summary>
    public Holding? Find(AccountId account, InstrumentId instrument) =>
        _byKey[PlaceOf(account, instrument, _instrumentsMax)];

    /// <summary>Whether a new holding, with all positions that it may ever have, finds room.</summary>
    public bool HasRoomFor(InstrumentState instrument) =>
        _positionsPromised + PositionsOf(instrument) <= PositionsMax;

    /// <summary>Makes the holding, for which there is room.</summary>
    public Holding Add(AccountState account, InstrumentState instrument, Ledgers.Ledger ledger)
    {
        Invariant.Holds(Find(account.Id, instrument.Id) is null && HasRoomFor(instrument));
        var holding = new Holding(
            this,
            account,
            instrument,
            ledger.Row(account, instrument.Wallet, instrument.Base),
            ledger.Row(account, instrument.Wallet, instrument.Quote));
        _byKey[PlaceOf(account.Id, instrument.Id, _instrumentsMax)] = holding;
        _positionsPromised += PositionsOf(instrument);
        _all.Add(holding);
        account.Holdings.Add(holding);
        instrument.Holders.Add(holding);
        return holding;
    }

    /// <summary>Makes a position of a holding.</summary>
    public Position AddPosition(Holding holding, PositionSide side)
    {
        Invariant.Holds(_positions.Count < PositionsMax);
        var position = new Position(_positions.Count, holding, side);
        _positions.Add(position);
        Touch(position);
        return position;
    }

    /// <summary>Notes that a position is new or changed.</summary>
    public void Touch(Position position)
    {
        if (!position.IsDirty)
        {
            position.IsDirty = true;
            _dirty.Add(position);
        }
    }

    public void ClearDirty()
    {
        foreach (Position position in _dirty)
        {
            position.IsDirty = false;
        }

        _dirty.Clear();
    }

    /// <summary>Of futures: that of one-way mode, long, short.</summary>
    private static int PositionsOf(InstrumentState instrument) => instrument.IsFutures ? 3 : 1;

    private static int PlaceOf(AccountId account, InstrumentId instrument, int instrumentsMax) =>
        (((int)account.Value - 1) * instrumentsMax) + (int)instrument.Value - 1;
}
