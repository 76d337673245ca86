namespace Oms.Exchanges;

/// <summary>What a market of an exchange can be asked beside single orders and cancels: whoever uses it looks here first.
/// </summary>
public sealed record ExchangeCapabilities
{
    /// <summary>An order can be checked as a new one would be, and not executed.</summary>
    public required bool TestsOrders { get; init; }

    /// <summary>A key can be asked what it may do.</summary>
    public required bool TellsKeyRights { get; init; }
}
