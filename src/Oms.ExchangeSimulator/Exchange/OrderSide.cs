namespace Oms.ExchangeSimulator.Exchange;

/// <summary>What the client does.</summary>
internal enum OrderSide : byte
{
    Buy,
    Sell,
}
