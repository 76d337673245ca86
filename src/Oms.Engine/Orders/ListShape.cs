using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.Engine.Orders;

/// <summary>Whether the legs of a list belong together.</summary>
internal static class ListShape
{
    public static RejectReason Check(in PlaceOrderList command)
    {
        bool isBracket = command.Contingency == Contingency.Bracket;
        if (command.Contingency is not (Contingency.OneCancelsOther or Contingency.OneTriggersOther
            or Contingency.Bracket)) return RejectReason.ListMalformed;
        if (command.LegCount != (isBracket ? 3 : 2)) return RejectReason.ListMalformed;
        if (command.First.ClientOrderId.IsEmpty || command.Second.ClientOrderId.IsEmpty) return RejectReason.ListMalformed;
        if (command.First.ClientOrderId == command.Second.ClientOrderId) return RejectReason.ListMalformed;
        if (command.First.Terms.PositionSide != command.Second.Terms.PositionSide) return RejectReason.ListMalformed;
        if (command.First.Terms.IsConditional) return RejectReason.ListMalformed;
        if (command.Contingency == Contingency.OneCancelsOther) return CheckPair(in command);
        if (!IsChild(in command, command.Second)) return RejectReason.ListMalformed;
        if (!isBracket) return RejectReason.None;
        if (command.Second.Terms.IsConditional || !command.Third.Terms.IsConditional) return RejectReason.ListMalformed;
        if (command.Third.ClientOrderId == command.First.ClientOrderId) return RejectReason.ListMalformed;
        if (command.Third.ClientOrderId == command.Second.ClientOrderId) return RejectReason.ListMalformed;
        return IsChild(in command, command.Third) ? RejectReason.None : RejectReason.ListMalformed;
    }

    /// <summary>
    /// A limit that rests, and a stop on the other side of the market, for one and the same quantity.
    /// </summary>
    private static RejectReason CheckPair(in PlaceOrderList command)
    {
        OrderTerms first = command.First.Terms;
        OrderTerms second = command.Second.Terms;
        bool isResting = first.TimeInForce is TimeInForce.GoodTillCancel or TimeInForce.GoodTillDate;
        bool isPair = first.Type == OrderType.Limit
            && isResting
            && second.IsConditional
            && first.Side == second.Side
            && first.Quantity == second.Quantity
            && first.Flags == second.Flags;
        return isPair ? RejectReason.None : RejectReason.ListMalformed;
    }

    /// <summary>It undoes the first order, and is worth nothing until that has filled.</summary>
    private static bool IsChild(in PlaceOrderList command, in OrderLeg leg) =>
        !leg.ClientOrderId.IsEmpty
        && leg.Terms.Side != command.First.Terms.Side
        && leg.Terms.Quantity == 0
        && leg.Terms.DisplayQuantity == 0
        && leg.Terms.Type != OrderType.Market
        && leg.Terms.PositionSide == command.First.Terms.PositionSide;
}
