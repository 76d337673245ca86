namespace Oms.Engine;

/// <summary>How much the engine holds at most.</summary>
/// <param name="OrdersHeldMax">Live and recently final orders.</param>
/// <param name="FillsRememberedMax">Trade ids remembered to tell a repeated fill from a new one.</param>
public sealed record EngineCapacity(
    int AccountsMax, int InstrumentsMax, int AssetsMax, int OrdersHeldMax, int FillsRememberedMax)
{
    public const int ConnectorsMax = 64;

    /// <summary>Before the log defined any.</summary>
    public static EngineCapacity None { get; } =
        new(0, 0, 0, 0, 0) { BalancesMax = 0, PositionsMax = 0, TransfersHeldMax = 0 };

    /// <summary>Rows of the ledger.</summary>
    public required int BalancesMax { get; init; }

    /// <summary>Rows of the position book.</summary>
    public required int PositionsMax { get; init; }

    /// <summary>Live and recently final transfers.</summary>
    public required int TransfersHeldMax { get; init; }

    public static EngineCapacity Of(in Domain.Messages.CapacityDefined defined) => new(
        defined.AccountsMax,
        defined.InstrumentsMax,
        defined.AssetsMax,
        defined.OrdersHeldMax,
        defined.FillsRememberedMax)
    {
        BalancesMax = defined.BalancesMax,
        PositionsMax = defined.PositionsMax,
        TransfersHeldMax = defined.TransfersHeldMax,
    };

    /// <summary>The larger of both in everything.</summary>
    public EngineCapacity GrownTo(EngineCapacity other) => new(
        Math.Max(AccountsMax, other.AccountsMax),
        Math.Max(InstrumentsMax, other.InstrumentsMax),
        Math.Max(AssetsMax, other.AssetsMax),
        Math.Max(OrdersHeldMax, other.OrdersHeldMax),
        Math.Max(FillsRememberedMax, other.FillsRememberedMax))
    {
        BalancesMax = Math.Max(BalancesMax, other.BalancesMax),
        PositionsMax = Math.Max(PositionsMax, other.PositionsMax),
        TransfersHeldMax = Math.Max(TransfersHeldMax, other.TransfersHeldMax),
    };
}
