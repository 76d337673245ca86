namespace Oms.Exchanges;

/// <summary>
/// What a market of an exchange can be asked beside single orders and cancels: whoever uses it looks here first.
/// </summary>
public sealed record ExchangeCapabilities
{
    /// <summary>An order can be checked as a new one would be, and not executed.</summary>
    public required bool TestsOrders { get; init; }

    /// <summary>A key can be asked what it may do.</summary>
    public required bool TellsKeyRights { get; init; }

    /// <summary>
    /// So many orders leave in one request where they waited together for the exchange's limits; 1 where each leaves
    /// alone.
    /// </summary>
    public required int OrdersPerRequestMax { get; init; }

    /// <summary>Likewise cancels.</summary>
    public required int CancelsPerRequestMax { get; init; }

    /// <summary>Every order of a listing can be canceled by one request.</summary>
    public required bool CancelsAll { get; init; }

    /// <summary>The lists of orders that the exchange keeps together itself.</summary>
    public required OrderListKinds Lists { get; init; }

    /// <summary>
    /// The exchange cancels an account's orders by itself when its connector was silent for too long.
    /// </summary>
    public required bool HasDeadMansSwitch { get; init; }
}
