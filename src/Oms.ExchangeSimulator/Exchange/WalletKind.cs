namespace Oms.ExchangeSimulator.Exchange;

/// <summary>Where an account holds assets: money in one wallet is not in another until it is transferred.</summary>
internal enum WalletKind : byte
{
    Spot,
    UsdtFutures,
}
