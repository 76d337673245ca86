using System.Collections.Immutable;

namespace Oms.Gateway.Health;

/// <summary>How an account is, and the evidence for it. Ages in milliseconds; -1 where nothing is known.</summary>
/// <param name="Gate">Whether it may send new orders.</param>
/// <param name="GateReason">What moved the gate last.</param>
/// <param name="ReconciledMsAgo">Since its orders and balances were last proved by the exchange's evidence.</param>
/// <param name="LastEventMsAgo">Since anything was heard of the account.</param>
/// <param name="PricesMsAgo">Since the newest price of its exchange.</param>
/// <param name="ConnectorMsAgo">Since its connector was heard; -1 where it needs none.</param>
/// <param name="UnknownOrders">Orders whose outcome at the exchange is not known.</param>
/// <param name="Halt">Why it is halted; empty where it is not.</param>
/// <param name="Budgets">Of each market in which its exchange limits requests.</param>
internal sealed record AccountVerdict(
    string Status,
    ImmutableArray<string> Reasons,
    string Account,
    string Gate,
    string GateReason,
    long ReconciledMsAgo,
    long LastEventMsAgo,
    long PricesMsAgo,
    long ConnectorMsAgo,
    int OpenOrders,
    int UnknownOrders,
    string Halt,
    ImmutableArray<MarketBudget> Budgets) : HealthVerdict(Status, Reasons);
