namespace Oms.ExchangeSimulator.Binance;

/// <summary>What a call asks of its caller.</summary>
internal enum CallSecurity : byte
{
    Public,

    /// <summary>A key without a signature.</summary>
    Keyed,

    Signed,
    SignedTrade,
}
