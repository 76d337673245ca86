namespace Oms.ExchangeSimulator.Exchange;

/// <summary>Which position an order is for: the one of one-way mode, or one of the two of hedge mode.</summary>
internal enum PositionSide : byte
{
    Both,
    Long,
    Short,
}
