using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Engine.State;

namespace Oms.Engine.Orders;

/// <summary>
/// Writes the requests that connectors carry out, each for the running session of its account's connector.
/// </summary>
internal sealed class ConnectorRequests(EngineState state, Outbox outbox)
{
    public void Submit(in OrderState order, in CommandStamps stamps) => outbox.Add(new SubmitOrder
    {
        Header = outbox.Request<SubmitOrder>(order.AccountId),
        Session = SessionOf(order.AccountId),
        OrderId = order.OrderId,
        InstrumentId = order.InstrumentId,
        Terms = AtTheExchange(in order.Terms),
        Stamps = new StageStamps
        {
            GatewayReceived = stamps.GatewayReceived,
            GatewayOffered = stamps.GatewayOffered,
            FastPathPolled = stamps.FastPathPolled,
        },
    });

    /// <param name="endsAll">Whether every order of the account is canceled now, because it is halted.</param>
    public void Cancel(in OrderState order, bool endsAll = false) => outbox.Add(new SubmitCancel
    {
        Header = outbox.Request<SubmitCancel>(order.AccountId),
        Session = SessionOf(order.AccountId),
        OrderId = order.OrderId,
        ExchangeOrderId = order.ExchangeOrderId,
        InstrumentId = order.InstrumentId,
        Halt = endsAll ? CancelHalt.EndsAll
            : state.IsHalted(state.Account(order.AccountId)) ? CancelHalt.Halted : CancelHalt.None,
    });

    /// <param name="terms">As they shall be.</param>
    public void Amend(in OrderTerms terms, in OrderState order) => outbox.Add(new SubmitAmend
    {
        Header = outbox.Request<SubmitAmend>(order.AccountId),
        Session = SessionOf(order.AccountId),
        OrderId = order.OrderId,
        ExchangeOrderId = order.ExchangeOrderId,
        InstrumentId = order.InstrumentId,
        Terms = AtTheExchange(in terms),
    });

    /// <param name="evidenceId">The round that waits for the answer; 0 for none.</param>
    public void Resolve(in OrderState order, long evidenceId) => outbox.Add(new ResolveOrder
    {
        Header = outbox.Request<ResolveOrder>(order.AccountId),
        Session = SessionOf(order.AccountId),
        OrderId = order.OrderId,
        InstrumentId = order.InstrumentId,
        IntentUnixNanos = order.IntentUnixNanos,
        EvidenceId = evidenceId,
        ExchangeOrderId = order.ExchangeOrderId,
    });

    /// <param name="explain">Whether what orders from elsewhere filled is asked for too.</param>
    public void GatherEvidence(AccountId account, long evidenceId, bool explain) => outbox.Add(new GatherEvidence
    {
        Header = outbox.Request<GatherEvidence>(account),
        Session = SessionOf(account),
        EvidenceId = evidenceId,
        Explain = explain ? (byte)1 : (byte)0,
    });

    /// <summary>What an order is once it no longer waits for a price.</summary>
    private static OrderTerms AtTheExchange(in OrderTerms terms) => terms.IsConditional
        ? terms with
        {
            Type = terms.IsAtMarket ? OrderType.Market : OrderType.Limit,
            TriggerSource = TriggerSource.None,
            StopPrice = 0,
            TrailingOffset = 0,
        }
        : terms;

    private long SessionOf(AccountId account) =>
        state.Connector(state.Account(account).Connector).Session;
}
