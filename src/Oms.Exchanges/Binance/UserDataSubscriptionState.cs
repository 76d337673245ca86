namespace Oms.Exchanges.Binance;

/// <summary>How far a subscription is.</summary>
internal enum UserDataSubscriptionState
{
    Wanted,
    Asked,
    Up,
}
