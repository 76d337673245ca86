using System.Runtime.InteropServices;

namespace Oms.Domain.Orders;

/// <summary>
/// What is to be bought or sold, and how. What an order does not use is zero. Prices are mantissas at the
/// instrument's price decimals, quantities at its quantity decimals.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct OrderTerms
{
    public const int Length = 56;

    [field: FieldOffset(0)]
    public Side Side { get; init; }

    [field: FieldOffset(1)]
    public OrderType Type { get; init; }

    [field: FieldOffset(2)]
    public TimeInForce TimeInForce { get; init; }

    [field: FieldOffset(3)]
    public OrderFlags Flags { get; init; }

    [field: FieldOffset(4)]
    public PositionSide PositionSide { get; init; }

    [field: FieldOffset(5)]
    public TriggerSource TriggerSource { get; init; }

    [field: FieldOffset(6)]
    public SelfTradePrevention SelfTradePrevention { get; init; }

    [field: FieldOffset(7)]
    public byte Reserved { get; init; }

    /// <summary>The limit; 0 for orders at the market.</summary>
    [field: FieldOffset(8)]
    public long Price { get; init; }

    /// <summary>All of it, also what has been filled.</summary>
    [field: FieldOffset(16)]
    public long Quantity { get; init; }

    /// <summary>Of a conditional order; of a trailing stop where it stands now.</summary>
    [field: FieldOffset(24)]
    public long StopPrice { get; init; }

    /// <summary>Of a trailing stop: its distance from the best price seen since it was placed.</summary>
    [field: FieldOffset(32)]
    public long TrailingOffset { get; init; }

    /// <summary>Of an iceberg: what it shows at a time; 0 shows all.</summary>
    [field: FieldOffset(40)]
    public long DisplayQuantity { get; init; }

    /// <summary>When a <see cref="TimeInForce.GoodTillDate"/> order ends.</summary>
    [field: FieldOffset(48)]
    public long ExpireUnixNanos { get; init; }

    public bool IsBuy => Side == Side.Buy;

    public bool IsReduceOnly => (Flags & OrderFlags.ReduceOnly) != 0;

    public bool IsPostOnly => (Flags & OrderFlags.PostOnly) != 0;

    /// <summary>Whether it waits for a price before it goes to the exchange.</summary>
    public bool IsConditional => Type >= OrderType.Stop;

    /// <summary>Whether it is, or becomes, an order without a limit.</summary>
    // As bits: a look at a table is no branch, and small enough to be inlined everywhere.
    public bool IsAtMarket => ((AtMarketTypes >> (int)Type) & 1) != 0;

    private const uint AtMarketTypes = (1u << (int)OrderType.Market)
        | (1u << (int)OrderType.Stop)
        | (1u << (int)OrderType.TakeProfit)
        | (1u << (int)OrderType.TrailingStop);
}
