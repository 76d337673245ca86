namespace Oms.EndToEnd;

internal sealed record SimulatorTrade(
    string Account,
    string Symbol,
    long TradeId,
    long OrderId,
    bool IsBuy,
    decimal Price,
    decimal Quantity,
    decimal Commission,
    string CommissionAsset)
{
    /// <summary>What the trade adds to the position: signed, less a fee taken in the base asset.</summary>
    public decimal PositionChange =>
        (IsBuy ? Quantity : -Quantity)
        - (Symbol.StartsWith(CommissionAsset, StringComparison.Ordinal) ? Commission : 0);
}
