using System.Collections.Immutable;
using Oms.Domain.Messages;

namespace Oms.Exchanges;

/// <summary>The state of an order, and the trades that explain its cumulative quantity.</summary>
public sealed record OrderEvidence(OrderSeen Order, ImmutableArray<TradeSeen> Trades);
