namespace Oms.Domain.Orders;

/// <summary>Which of an account's positions in an instrument an order is about.</summary>
public enum PositionSide : byte
{
    /// <summary>The one position of one-way mode.</summary>
    Both = 0,

#pragma warning disable CA1720 // The field's own words; no type is meant.
    /// <summary>The long position of hedge mode.</summary>
    Long = 1,

    /// <summary>The short position of hedge mode.</summary>
    Short = 2,
#pragma warning restore CA1720
}
