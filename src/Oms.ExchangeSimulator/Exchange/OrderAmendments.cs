namespace Oms.ExchangeSimulator.Exchange;

/// <summary>Makes orders smaller where they stand: they keep their id and their turn.</summary>
internal sealed class OrderAmendments(ExchangeCore core)
{
    public ReduceResult Reduce(ReduceOrder asked) => core.Read(state =>
    {
        ClientOrder? order = asked.OrderId is { } orderId
            ? asked.Account.FindOrder(orderId)
            : asked.Account.FindOrder(asked.Market, asked.ClientOrderId ?? "");
        RefusalReason refusal = Check(asked, order);
        if (refusal != RefusalReason.None || order is null)
        {
            return new ReduceResult(refusal, null, null);
        }

        return core.Change(transaction =>
        {
            // One of a pair is never larger than the other.
            if (LargerSiblingOf(order, asked.NewQuantity) is { } sibling)
            {
                _ = Reduce(transaction, sibling, asked.NewQuantity, sibling.ClientOrderId);
            }

            QuantityReduction reduction = Reduce(transaction, order, asked.NewQuantity, asked.NewClientOrderId);
            if (order.List is { } list && reduction.NewClientOrderId != reduction.OldClientOrderId)
            {
                transaction.Note(list, ListStatus.Updated);
            }

            return new ReduceResult(RefusalReason.None, order, reduction);
        });
    });

    private static QuantityReduction Reduce(
        Transaction transaction, ClientOrder order, long quantity, string? newClientOrderId)
    {
        long less = order.Quantity - quantity;
        if (order.IsWorking)
        {
            order.Market.Orders.Reduce(order.OrderId, less);
        }

        QuantityReduction reduction = transaction.Reduce(order, quantity, newClientOrderId);
        if (order.IsWorking)
        {
            transaction.Touch(order.Market, order.BookSide, order.Price);
        }

        return reduction;
    }

    private static RefusalReason Check(ReduceOrder asked, ClientOrder? order)
    {
        if (order is not { IsOpen: true } || order.Market != asked.Market)
        {
            return RefusalReason.AmendUnknownOrder;
        }

        if (asked.ClientOrderId is { } id && order.ClientOrderId != id) return RefusalReason.ClientOrderIdMismatch;
        if (asked.NewQuantity == order.Quantity) return RefusalReason.AmendChangesNothing;
        if (asked.NewQuantity > order.Quantity) return RefusalReason.AmendIncreases;
        RefusalReason refusal = Check(order, asked.NewQuantity);
        if (refusal == RefusalReason.None && LargerSiblingOf(order, asked.NewQuantity) is { } sibling)
        {
            refusal = Check(sibling, asked.NewQuantity);
        }

        if (refusal != RefusalReason.None) return refusal;
        return asked.NewClientOrderId is { } newId && newId != order.ClientOrderId
            && order.Account.FindOrder(order.Market, newId) is { IsOpen: true }
            ? RefusalReason.DuplicateOrder
            : RefusalReason.None;
    }

    private static RefusalReason Check(ClientOrder order, long newQuantity)
    {
        if (newQuantity <= order.Quantity - order.LeavesQuantity) return RefusalReason.AmendBelowExecuted;
        SymbolRules rules = order.Market.Symbol.Rules;
        RefusalReason refusal = rules.Check(
            order.Type, order.Price, newQuantity, order.QuoteQuantity, averagePrice: 0);
        if (refusal != RefusalReason.None) return refusal;
        return order.Reductions.Count >= rules.OrderAmendmentsMax
            ? RefusalReason.TooManyAmendments
            : RefusalReason.None;
    }

    /// <summary>The other of a pair, which is to be made as small; null where it is.</summary>
    private static ClientOrder? LargerSiblingOf(ClientOrder order, long newQuantity) =>
        order.List?.SiblingOf(order) is { IsOpen: true } sibling && sibling.Quantity > newQuantity ? sibling : null;
}
