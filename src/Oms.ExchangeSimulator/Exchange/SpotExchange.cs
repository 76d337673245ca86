namespace Oms.ExchangeSimulator.Exchange;

/// <summary>The spot market: what it takes, by which rules, and what it asks for.</summary>
internal sealed class SpotExchange
{
    private readonly ExchangeCore _core;
    private readonly ExchangeState _state;
    private readonly SpotClearing _clearing;
    private readonly SpotAdmission _admission;
    private readonly ConditionalOrders _conditional;

    public SpotExchange(ExchangeCore core, ExchangeState state, SpotClearing clearing)
    {
        (_core, _state, _clearing) = (core, state, clearing);
        _admission = new SpotAdmission(state);
        _conditional = new ConditionalOrders(state, _admission);
        Amendments = new OrderAmendments(core);
        Lists = new OrderLists(core, state, this, _admission);
        core.BeforeCommit = LetFollow;
    }

    public ExchangeCore Core => _core;

    public OrderAmendments Amendments { get; }

    public OrderLists Lists { get; }

    public CommissionRates Commission => _clearing.Commission;

    public PlaceResult Place(NewOrder order) => _core.Read(_ =>
    {
        long nowMs = _core.NowMs();
        NewOrder sized = Size(order);
        RefusalReason refusal = _admission.Check(order, sized, nowMs);
        if (refusal != RefusalReason.None)
        {
            return new PlaceResult(refusal, null);
        }

        return _core.Change(transaction =>
        {
            ClientOrder accepted = sized.Accepted(_state.LastOrderId + 1, nowMs);
            transaction.Accept(accepted);
            ConditionalOrders.Begin(transaction, accepted);
            if (accepted.IsWorking)
            {
                new OrderMatching(_state, transaction).Match(accepted);
            }

            return new PlaceResult(RefusalReason.None, accepted);
        });
    });

    /// <summary>What <see cref="Place"/> would refuse, without placing.</summary>
    public RefusalReason Test(NewOrder order) => _core.Read(_ => _admission.Check(order, Size(order), _core.NowMs()));

    /// <summary>What the symbol's filters say of an order, and nothing else.</summary>
    public RefusalReason CheckFilters(NewOrder order) =>
        _core.Read(_ => SpotAdmission.CheckFilters(order, _core.NowMs()));

    /// <summary>An order that was not attempted because what came before it failed counts like one.</summary>
    public void CountUnattempted(Account account) => _core.Read(_ =>
    {
        account.OrderCount.Add(_core.NowMs());
        return true;
    });

    /// <summary>A market order sized by what it may cost gets the quantity that this buys.</summary>
    private NewOrder Size(NewOrder order) => order.QuoteQuantity == 0
        ? order
        : order with
        {
            Quantity = OrderMatching.QuantityFor(
                order.Account, _state, order.Market, order.Side, order.QuoteQuantity),
        };

    /// <summary>
    /// A trade may let conditional orders fire, whose trades may let others fire; and what ends may end or begin what
    /// depends on it.
    /// </summary>
    private void LetFollow(Transaction transaction)
    {
        int seen = 0;
        do
        {
            while (seen < transaction.Trades.Count)
            {
                (Market market, PublicTrade trade) = transaction.Trades[seen++];
                _conditional.Watch(transaction, market, trade.Price);
            }
        }
        while (Lists.Follow(transaction) || seen < transaction.Trades.Count);
    }
}
