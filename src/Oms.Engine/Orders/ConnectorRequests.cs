using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Engine.State;

namespace Oms.Engine.Orders;

/// <summary>
/// Writes the requests that connectors carry out, each for the running session of its account's connector.
/// </summary>
internal sealed class ConnectorRequests(EngineState state, Outbox outbox)
{
    public void Submit(in OrderState order, in StageStamps stamps) => outbox.Add(new SubmitOrder
    {
        Header = outbox.Request<SubmitOrder>(order.AccountId),
        Session = SessionOf(order.AccountId),
        OrderId = order.OrderId,
        InstrumentId = order.InstrumentId,
        Side = order.Side,
        Type = order.Type,
        TimeInForce = order.TimeInForce,
        Reserved = 0,
        Price = order.Price,
        Quantity = order.Quantity,
        Stamps = stamps,
    });

    public void Cancel(in OrderState order) => outbox.Add(new SubmitCancel
    {
        Header = outbox.Request<SubmitCancel>(order.AccountId),
        Session = SessionOf(order.AccountId),
        OrderId = order.OrderId,
        ExchangeOrderId = order.ExchangeOrderId,
        InstrumentId = order.InstrumentId,
    });

    /// <param name="evidenceId">The round that waits for the answer; 0 for none.</param>
    public void Resolve(in OrderState order, long evidenceId) => outbox.Add(new ResolveOrder
    {
        Header = outbox.Request<ResolveOrder>(order.AccountId),
        Session = SessionOf(order.AccountId),
        OrderId = order.OrderId,
        InstrumentId = order.InstrumentId,
        Reserved = 0,
        IntentUnixNanos = order.IntentUnixNanos,
        EvidenceId = evidenceId,
    });

    public void GatherEvidence(AccountId account, long evidenceId) => outbox.Add(new GatherEvidence
    {
        Header = outbox.Request<GatherEvidence>(account),
        Session = SessionOf(account),
        EvidenceId = evidenceId,
    });

    private long SessionOf(AccountId account) => state.ConnectorOf(account).Session;
}
