using System.Collections.Immutable;
using Oms.Domain.Messages;

namespace Oms.Exchanges;

/// <summary>Orders of one listing that an exchange is to keep together.</summary>
/// <param name="Working">Whose fill lets the legs begin; null where they work at once.</param>
/// <param name="Legs">One, or two of one side and quantity of which one ends the other.</param>
public sealed record OrderList(SubmitOrder? Working, ImmutableArray<SubmitOrder> Legs)
{
    public IEnumerable<SubmitOrder> All => Working is { } working ? Legs.Prepend(working) : Legs;

    public OrderListKinds Kind => (Working is null, Legs.Length) switch
    {
        (true, 2) => OrderListKinds.Pair,
        (false, 1) => OrderListKinds.Waiting,
        (false, 2) => OrderListKinds.WaitingPair,
        _ => OrderListKinds.None,
    };
}
