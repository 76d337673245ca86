namespace Oms.Exchanges.Binance.Budget;

/// <summary>Who may send when the budget of requests runs low: the later, the less urgent.</summary>
internal enum RequestLane
{
    /// <summary>A cancel of what is halted.</summary>
    Halt,
    Cancel,
    Amend,
    NewOrder,
    Query,
}
