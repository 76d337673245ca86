using Oms.Domain;
using Oms.Domain.Messages;
using Oms.Engine.Execution;
using Oms.Engine.Orders;
using Oms.Engine.Reconciliation;
using Oms.Engine.State;

namespace Oms.Engine;

/// <summary>
/// The deterministic core: <c>(state, message) → (state, messages)</c>. It does no I/O, reads no clock and
/// knows no exchange by name; the same inputs give the same outputs, always and everywhere.
/// </summary>
public sealed class Engine
{
    private readonly EngineState _state;
    private readonly Outbox _outbox = new();
    private readonly OrderEntry _orderEntry;
    private readonly ExecutionBooking _booking;
    private readonly EvidenceRounds _rounds;

    public Engine(EngineCapacity capacity)
    {
        _state = new EngineState(capacity);
        var reports = new OrderReports(_state, _outbox);
        var requests = new ConnectorRequests(_state, _outbox);
        _orderEntry = new(_state, _outbox, reports, requests);
        _booking = new(_state, _outbox, reports, requests);
        _rounds = new(_state, _outbox, reports, requests);
        View = new(_state);
    }

    /// <summary>What others may read of the state, between two inputs.</summary>
    public EngineView View { get; }

    /// <summary>
    /// Takes in one message and answers with events and requests, valid until the next call.
    /// </summary>
    /// <param name="input">Stamped by FastPath.</param>
    /// <exception cref="InvariantBrokenException">The state can no longer be trusted.</exception>
    public Outbox Apply(ReadOnlySpan<byte> input)
    {
        ref readonly MessageHeader header = ref MessageBytes.Header(input);
        Invariant.Holds(MessageKinds.IsInput(header.Kind) && header.UnixNanos >= _outbox.Now);
        _outbox.Begin(header.UnixNanos);
        Dispatch(header.Kind, input);
        return _outbox;
    }

    private void Dispatch(MessageKind kind, ReadOnlySpan<byte> input)
    {
        switch (kind)
        {
            case MessageKind.PlaceOrder:
                _orderEntry.Place(in MessageBytes.As<PlaceOrder>(input));
                break;
            case MessageKind.CancelOrder:
                _orderEntry.Cancel(in MessageBytes.As<CancelOrder>(input));
                break;
            case MessageKind.TopOfBook:
                Apply(in MessageBytes.As<TopOfBook>(input));
                break;
            case MessageKind.OrderSeen:
                _booking.Apply(in MessageBytes.As<OrderSeen>(input));
                break;
            case MessageKind.TradeSeen:
                _booking.Apply(in MessageBytes.As<TradeSeen>(input));
                break;
            case MessageKind.OrderRefused:
                _booking.Apply(in MessageBytes.As<OrderRefused>(input));
                break;
            case MessageKind.OrderOutcomeUnknown:
                _booking.Apply(in MessageBytes.As<OrderOutcomeUnknown>(input));
                break;
            case MessageKind.OrderAbsent:
                _booking.Apply(in MessageBytes.As<OrderAbsent>(input));
                break;
            case MessageKind.CancelRefused:
                _booking.Apply(in MessageBytes.As<CancelRefused>(input));
                break;
            case MessageKind.Tick:
                _rounds.RetryWhatIsDue();
                break;
            default:
                DispatchSeldom(kind, input);
                break;
        }
    }

    private void DispatchSeldom(MessageKind kind, ReadOnlySpan<byte> input)
    {
        switch (kind)
        {
            case MessageKind.SessionStarted:
                _rounds.Apply(in MessageBytes.As<SessionStarted>(input));
                break;
            case MessageKind.StreamChanged:
                _rounds.Apply(in MessageBytes.As<StreamChanged>(input));
                break;
            case MessageKind.BalanceSeen:
                _rounds.Apply(in MessageBytes.As<BalanceSeen>(input));
                break;
            case MessageKind.EvidenceBegin:
                _rounds.Apply(in MessageBytes.As<EvidenceBegin>(input));
                break;
            case MessageKind.EvidenceEnd:
                _rounds.Apply(in MessageBytes.As<EvidenceEnd>(input));
                break;
            case MessageKind.InstrumentFilters:
                Apply(in MessageBytes.As<InstrumentFilters>(input));
                break;
            case MessageKind.FastPathStarted:
                Apply(in MessageBytes.As<FastPathStarted>(input));
                break;
            case MessageKind.RiskLimits:
                _state.Limits = MessageBytes.As<RiskLimits>(input);
                break;
            case MessageKind.AssetDefined:
                _state.Define(in MessageBytes.As<AssetDefined>(input));
                break;
            case MessageKind.AccountDefined:
                _state.Define(in MessageBytes.As<AccountDefined>(input));
                break;
            case MessageKind.InstrumentDefined:
                _state.Define(in MessageBytes.As<InstrumentDefined>(input));
                break;
            case MessageKind.CapacityDefined:
                _state.Grow(in MessageBytes.As<CapacityDefined>(input));
                break;
            case MessageKind.ConnectorChanged:
                _rounds.Apply(in MessageBytes.As<ConnectorChanged>(input));
                break;
            case MessageKind.RingAttached:
                break;
            default:
                Invariant.Holds(false);
                break;
        }
    }

    private void Apply(in FastPathStarted started)
    {
        Invariant.Holds(started.Epoch > _state.Epoch);
        _state.Shard = started.Shard;
        _state.Epoch = started.Epoch;
        _state.OrderNumber = 0;
    }

    private void Apply(in TopOfBook top)
    {
        if (_state.FindInstrument(top.InstrumentId) is { } instrument)
        {
            instrument.Top = top;
        }
    }

    private void Apply(in InstrumentFilters filters)
    {
        if (_state.FindInstrument(filters.InstrumentId) is { } instrument)
        {
            instrument.Filters = filters;
        }
    }
}
