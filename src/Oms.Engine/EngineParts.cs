using Oms.Engine.Crossing;
using Oms.Engine.Execution;
using Oms.Engine.Halting;
using Oms.Engine.Ledgers;
using Oms.Engine.Orders;
using Oms.Engine.Reconciliation;
using Oms.Engine.Risk;
using Oms.Engine.State;
using Oms.Engine.Transfers;
using Oms.Engine.Triggers;

namespace Oms.Engine;

/// <summary>The parts of the engine, wired in the order in which an order passes them.</summary>
internal sealed class EngineParts
{
    public EngineParts(EngineState state, Outbox outbox)
    {
        Valuation = new(state, outbox);
        var limits = new LimitLadder(state, Valuation, outbox);
        Risk = new(state, limits, outbox);
        var reports = new OrderReports(state, outbox);
        var reservations = new Reservations(state, Valuation);
        var requests = new ConnectorRequests(state, outbox);
        var fills = new FillBooking(state, reports, reservations, Valuation);
        Limits = new(state, outbox, reservations);
        Deposits = new(state, reports);
        Prices = new(state, Valuation);
        Matcher = new(state, outbox, reports, reservations, fills, Prices);
        var dispatch = new OrderDispatch(state, Risk, limits, reports, reservations, requests, Matcher);
        Entry = new(state, outbox, Risk, limits, reports, reservations, dispatch);
        Cancellation = new(state, outbox, reports, reservations, requests, Matcher);
        Amendment = new(state, Risk, reports, reservations, requests, Cancellation, Matcher);
        Lists = new(state, outbox, Risk, limits, reports, Entry, dispatch, Cancellation);
        Halts = new(state, outbox, Cancellation);
        Positions = new(state, outbox, reports, reservations, Valuation, Halts);
        Rounds = new(state, outbox, reports, requests, Positions);
        var external = new ExternalOrders(state, Entry, fills, reservations, requests);
        Booking = new(
            state, reports, reservations, requests, fills, Cancellation, Amendment, dispatch, external, Matcher,
            Halts, Rounds);
        var transferReports = new TransferReports(state, outbox);
        var transferRequests = new TransferRequests(state, outbox);
        var basis = new CostBasis(state, reports, Valuation);
        var transferBooking = new TransferBooking(state, outbox, transferReports, reports, basis);
        Transfers = new(state, transferReports, transferRequests, transferBooking, Valuation);
        TransferJudge = new(state, outbox, transferReports, transferRequests, transferBooking, Rounds);
        var exit = new EmergencyExit(state, Risk, Entry, dispatch, reports, Cancellation);
        var contingencies =
            new Contingencies(state, outbox, reports, reservations, dispatch, Cancellation, exit);
        var reductions = new Reductions(state, limits, reservations, Cancellation);
        Consequences = new(
            state, outbox, Valuation, contingencies, exit, reductions, Cancellation, Halts, Rounds,
            TransferJudge);
    }

    public Valuation Valuation { get; }

    public RiskLadder Risk { get; }

    public OrderEntry Entry { get; }

    public Cancellation Cancellation { get; }

    public Amendment Amendment { get; }

    public OrderLists Lists { get; }

    public ExecutionBooking Booking { get; }

    public EvidenceRounds Rounds { get; }

    public PositionEvidence Positions { get; }

    public PriceEffects Prices { get; }

    public Matcher Matcher { get; }

    public Halts Halts { get; }

    public LimitBook Limits { get; }

    public Deposits Deposits { get; }

    public TransferEntry Transfers { get; }

    public TransferJudge TransferJudge { get; }

    public Consequences Consequences { get; }
}
