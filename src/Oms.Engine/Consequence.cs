namespace Oms.Engine;

/// <summary>What is to be looked at because of something that happened.</summary>
internal enum Consequence : byte
{
    /// <summary>A fill of the order was booked: others are worth more or less now.</summary>
    Filled = 1,

    /// <summary>The order is final: others may go, or must.</summary>
    Ended,

    /// <summary>The price that the order waited for was seen.</summary>
    Fired,

    /// <summary>The exchange or risk refused the order, and what it was to protect is open.</summary>
    Unprotected,

    /// <summary>A position shrank or turned: orders that reduce it are more than is left of it.</summary>
    PositionShrank,

    /// <summary>The account lost more today than it may.</summary>
    LossReached,

    /// <summary>An order that had to end did: others may have waited for it.</summary>
    MadeWay,
}
