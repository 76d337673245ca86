using Oms.Domain.Messages;

namespace Oms.Connectors;

/// <summary>
/// A question of a round of evidence: about one order, or, as the last of the round, about the balances.
/// </summary>
/// <param name="Explains">Of the last: whether what orders from elsewhere filled is asked for too.</param>
internal readonly record struct RoundStep(long EvidenceId, ResolveOrder? Order, bool Explains);
