using Oms.Domain.Ids;
using Oms.Domain.Orders;

namespace Oms.Simulation.World;

/// <summary>An order that the connector was asked to send.</summary>
internal sealed record Submission(AccountId Account, OrderId OrderId, long UnixNanos, OrderTerms Terms);
