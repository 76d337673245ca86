namespace Oms.ExchangeSimulator.Binance;

/// <summary>How much of a new order its answer tells.</summary>
internal enum ResponseType : byte
{
    Ack,
    Result,
    Full,
}
