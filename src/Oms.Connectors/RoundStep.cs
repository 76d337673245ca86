using Oms.Domain.Messages;

namespace Oms.Connectors;

/// <summary>
/// A question of a round of evidence: about one order, or, as the last of the round, about the balances.
/// </summary>
internal readonly record struct RoundStep(long EvidenceId, ResolveOrder? Order);
