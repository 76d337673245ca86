namespace Oms.ExchangeSimulator.Binance;

/// <summary>What the exchange knows of a client's key: enough to check a signature.</summary>
internal interface ISigningKey
{
    /// <summary>Whether a session may log on with it.</summary>
    bool MayLogOn { get; }

    bool IsSignedBy(ReadOnlySpan<byte> payload, string signature);
}
