namespace Oms.Exchanges.Binance;

/// <summary>Who may send when the budget of requests runs low: the later, the less urgent.</summary>
internal enum RequestLane
{
    Cancel,
    NewOrder,
    Query,
}
