using Oms.Domain.Accounts;
using Oms.Domain.Messages;
using Oms.Engine.State;

namespace Oms.Engine;

/// <summary>
/// What FastPath reads of the engine to define accounts, assets and instruments, and to fill tables.
/// </summary>
public sealed class EngineView
{
    private readonly EngineState _state;

    internal EngineView(EngineState state) => _state = state;

    public int Epoch => _state.Epoch;

    public RiskLimits? Limits => _state.Limits;

    /// <summary>What the engine holds at most, as far as the log defined it.</summary>
    public EngineCapacity Capacity => _state.Capacity;

    public bool IsConnectorSilent(int connector) => _state.Connector(connector).IsSilent;

    public int LiveOrders => _state.Orders.LiveCount;

    /// <summary>Reports about orders that the engine does not hold.</summary>
    public long ReportsOfUnknownOrders => _state.ReportsOfUnknownOrders;

    /// <summary>
    /// Trades that are of another instrument than their order, or larger than anything real.
    /// </summary>
    public long TradesNotBookable => _state.TradesNotBookable;

    public IEnumerable<AccountDefined> Accounts => _state.Accounts.Select(account => account.Definition);

    public IEnumerable<AssetDefined> Assets => _state.Assets;

    public IEnumerable<InstrumentDefined> Instruments =>
        _state.Instruments.Select(instrument => instrument.Definition);

    /// <summary>The gate of each account, in the order of their ids.</summary>
    public IEnumerable<AccountGate> Gates => _state.Accounts.Select(account => account.Gate);

    /// <summary>
    /// A number over all that decides what the engine does next: equal states have equal hashes, in every
    /// process and on every machine.
    /// </summary>
    public ulong StateHash() => StateHasher.Hash(_state);
}
