namespace Oms.ExchangeSimulator.Binance;

/// <summary>What a call asks of its caller.</summary>
internal enum CallSecurity : byte
{
    Public,
    Signed,
    SignedTrade,
}
