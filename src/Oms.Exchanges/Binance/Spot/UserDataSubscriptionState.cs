namespace Oms.Exchanges.Binance.Spot;

/// <summary>How far a subscription is.</summary>
internal enum UserDataSubscriptionState
{
    Wanted,
    Asked,
    Up,
}
