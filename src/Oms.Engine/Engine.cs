using Oms.Domain;
using Oms.Domain.Messages;
using Oms.Domain.Time;
using Oms.Engine.State;

namespace Oms.Engine;

/// <summary>
/// The deterministic core: <c>(state, message) → (state, messages)</c>. It does no I/O, reads no clock and
/// knows no exchange by name; the same inputs give the same outputs, always and everywhere.
/// </summary>
public sealed class Engine
{
    private const long DayNanos = 86_400 * UnixNanos.PerSecond;

    private readonly EngineState _state;
    private readonly Outbox _outbox = new();

    public Engine(EngineCapacity capacity)
    {
        _state = new EngineState(capacity);
        Parts = new EngineParts(_state, _outbox);
        View = new(_state);
    }

    /// <summary>What others may read of the state, between two inputs.</summary>
    public EngineView View { get; }

    /// <summary>All of it, for tests that prove that its parts agree.</summary>
    internal EngineState State => _state;

    /// <summary>What it is made of, for who measures a part alone.</summary>
    internal EngineParts Parts { get; }

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
        if (header.UnixNanos >= _state.MidnightUnixNanos)
        {
            BeginDay(header.UnixNanos);
        }

        Parts.Consequences.TakeDue();
        DispatchCommand(header.Kind, input);
        Parts.Consequences.TakeAll();
        return _outbox;
    }

    /// <summary>Writes the whole state, so that <see cref="Load"/> makes an engine that goes on as this one.
    /// </summary>
    public void Save(Stream stream) => Snapshots.StateSaver.Save(_state, _outbox, stream);

    /// <summary>Makes an engine of a saved state.</summary>
    /// <exception cref="InvalidDataException">The stream holds no state of this version.</exception>
    public static Engine Load(Stream stream)
    {
        var engine = new Engine(EngineCapacity.None);
        Snapshots.StateLoader.Load(engine._state, engine._outbox, engine.Parts.Matcher, stream);
        return engine;
    }

    private void DispatchCommand(MessageKind kind, ReadOnlySpan<byte> input)
    {
        switch (kind)
        {
            case MessageKind.PlaceOrder:
                Parts.Entry.Place(in MessageBytes.As<PlaceOrder>(input));
                break;
            case MessageKind.CancelOrder:
                Parts.Cancellation.Cancel(in MessageBytes.As<CancelOrder>(input));
                break;
            case MessageKind.AmendOrder:
                Parts.Amendment.Amend(in MessageBytes.As<AmendOrder>(input));
                break;
            case MessageKind.ReplaceOrder:
                Parts.Lists.Replace(in MessageBytes.As<ReplaceOrder>(input));
                break;
            case MessageKind.PlaceOrderList:
                Parts.Lists.Place(in MessageBytes.As<PlaceOrderList>(input));
                break;
            case MessageKind.CancelOrders:
                Parts.Cancellation.Cancel(in MessageBytes.As<CancelOrders>(input));
                break;
            case MessageKind.ChangeHalt:
                Parts.Halts.Apply(in MessageBytes.As<ChangeHalt>(input));
                break;
            case MessageKind.StartTransfer:
                Parts.Transfers.Apply(in MessageBytes.As<StartTransfer>(input));
                break;
            case MessageKind.ReconcileAccount:
                Parts.Rounds.Apply(in MessageBytes.As<ReconcileAccount>(input));
                break;
            default:
                DispatchReport(kind, input);
                break;
        }
    }

    private void DispatchReport(MessageKind kind, ReadOnlySpan<byte> input)
    {
        switch (kind)
        {
            case MessageKind.TopOfBook:
                Parts.Prices.Apply(in MessageBytes.As<TopOfBook>(input));
                break;
            case MessageKind.LastTrade:
                Parts.Prices.Apply(in MessageBytes.As<LastTrade>(input));
                break;
            case MessageKind.MarkPrice:
                Parts.Prices.Apply(in MessageBytes.As<MarkPrice>(input));
                break;
            case MessageKind.OrderSeen:
                Parts.Booking.Apply(in MessageBytes.As<OrderSeen>(input));
                break;
            case MessageKind.TradeSeen:
                Parts.Booking.Apply(in MessageBytes.As<TradeSeen>(input));
                break;
            case MessageKind.OrderRefused:
                Parts.Booking.Apply(in MessageBytes.As<OrderRefused>(input));
                break;
            case MessageKind.OrderOutcomeUnknown:
                Parts.Booking.Apply(in MessageBytes.As<OrderOutcomeUnknown>(input));
                break;
            case MessageKind.OrderAbsent:
                Parts.Booking.Apply(in MessageBytes.As<OrderAbsent>(input));
                break;
            case MessageKind.CancelRefused:
                Parts.Booking.Apply(in MessageBytes.As<CancelRefused>(input));
                break;
            case MessageKind.AmendRefused:
                Parts.Booking.Apply(in MessageBytes.As<AmendRefused>(input));
                break;
            default:
                DispatchEvidence(kind, input);
                break;
        }
    }

    private void DispatchEvidence(MessageKind kind, ReadOnlySpan<byte> input)
    {
        switch (kind)
        {
            case MessageKind.SessionStarted:
                Apply(in MessageBytes.As<SessionStarted>(input));
                break;
            case MessageKind.StreamChanged:
                Parts.Rounds.Apply(in MessageBytes.As<StreamChanged>(input));
                break;
            case MessageKind.ConnectorChanged:
                Parts.Rounds.Apply(in MessageBytes.As<ConnectorChanged>(input));
                break;
            case MessageKind.BalanceSeen:
                Parts.Rounds.Apply(in MessageBytes.As<BalanceSeen>(input));
                break;
            case MessageKind.PositionSeen:
                Parts.Rounds.Apply(in MessageBytes.As<PositionSeen>(input));
                break;
            case MessageKind.EvidenceBegin:
                Parts.Rounds.Apply(in MessageBytes.As<EvidenceBegin>(input));
                break;
            case MessageKind.EvidenceEnd:
                Parts.Rounds.Apply(in MessageBytes.As<EvidenceEnd>(input));
                break;
            case MessageKind.FundingSeen:
                Apply(in MessageBytes.As<FundingSeen>(input));
                break;
            case MessageKind.InstrumentFilters:
                Apply(in MessageBytes.As<InstrumentFilters>(input));
                break;
            default:
                DispatchTransfer(kind, input);
                break;
        }
    }

    private void DispatchTransfer(MessageKind kind, ReadOnlySpan<byte> input)
    {
        switch (kind)
        {
            case MessageKind.TransferSeen:
                Parts.TransferJudge.Apply(in MessageBytes.As<TransferSeen>(input));
                break;
            case MessageKind.TransferRefused:
                Parts.TransferJudge.Apply(in MessageBytes.As<TransferRefused>(input));
                break;
            case MessageKind.TransferOutcomeUnknown:
                Parts.TransferJudge.Apply(in MessageBytes.As<TransferOutcomeUnknown>(input));
                break;
            case MessageKind.TransferAbsent:
                Parts.TransferJudge.Apply(in MessageBytes.As<TransferAbsent>(input));
                break;
            case MessageKind.BalanceMoved:
                Parts.TransferJudge.Apply(in MessageBytes.As<BalanceMoved>(input));
                break;
            default:
                DispatchDefinition(kind, input);
                break;
        }
    }

    private void DispatchDefinition(MessageKind kind, ReadOnlySpan<byte> input)
    {
        switch (kind)
        {
            case MessageKind.FastPathStarted:
                Apply(in MessageBytes.As<FastPathStarted>(input));
                break;
            case MessageKind.RiskLimits:
                _state.Define(in MessageBytes.As<RiskLimits>(input));
                Parts.Valuation.ValueEverything();
                break;
            case MessageKind.LimitsDefined:
                Parts.Limits.Define(in MessageBytes.As<LimitsDefined>(input));
                break;
            case MessageKind.AssetDefined:
                _state.Define(in MessageBytes.As<AssetDefined>(input));
                break;
            case MessageKind.AccountDefined:
                _state.Define(in MessageBytes.As<AccountDefined>(input));
                Parts.Matcher.NoteOwn(_state.Account(MessageBytes.Header(input).AccountId));
                break;
            case MessageKind.InstrumentDefined:
                _state.Define(in MessageBytes.As<InstrumentDefined>(input));
                break;
            case MessageKind.CapacityDefined:
                _state.Grow(EngineCapacity.Of(in MessageBytes.As<CapacityDefined>(input)));
                break;
            case MessageKind.LogPressureChanged:
                _state.IsLogBehind = MessageBytes.As<LogPressureChanged>(input).IsBehind != 0;
                break;
            case MessageKind.FundsDeposited:
                Parts.Deposits.Apply(in MessageBytes.As<FundsDeposited>(input));
                break;
            case MessageKind.RingAttached or MessageKind.Tick:
                break;
            default:
                DispatchAllotment(kind, input);
                break;
        }
    }

    private void DispatchAllotment(MessageKind kind, ReadOnlySpan<byte> input)
    {
        switch (kind)
        {
            case MessageKind.RequestAllotment:
                Parts.Limits.Apply(in MessageBytes.As<RequestAllotment>(input));
                break;
            case MessageKind.GrantAllotment:
                Parts.Limits.Apply(in MessageBytes.As<GrantAllotment>(input));
                break;
            case MessageKind.ReturnAllotment:
                Parts.Limits.Apply(in MessageBytes.As<ReturnAllotment>(input));
                break;
            case MessageKind.ReclaimAllotment:
                Parts.Limits.Apply(in MessageBytes.As<ReclaimAllotment>(input));
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
        _state.Transfers.Number = 0;
        _state.StartedUnixNanos = started.Header.UnixNanos;
    }

    /// <summary>What an earlier session had not answered may or may not have left.</summary>
    private void Apply(in SessionStarted started)
    {
        if (Parts.Rounds.Apply(in started))
        {
            Parts.TransferJudge.LoseInFlight(started.Connector);
        }
    }

    private void Apply(in FundingSeen funding)
    {
        if (Parts.Positions.Apply(in funding) is { } account)
        {
            Parts.Rounds.CheckSoon(account);
        }
    }

    private void Apply(in InstrumentFilters filters)
    {
        if (_state.FindInstrument(filters.InstrumentId) is { } instrument)
        {
            if (instrument.Filters.TickSize != filters.TickSize)
            {
                instrument.Book?.SetTickSize(Math.Max(1, filters.TickSize));
            }

            instrument.Filters = filters;
        }
    }

    /// <summary>Losses count from midnight UTC.</summary>
    private void BeginDay(long nowUnixNanos)
    {
        _state.MidnightUnixNanos = ((nowUnixNanos / DayNanos) + 1) * DayNanos;
        foreach (AccountState account in _state.Accounts)
        {
            account.ProfitAndLossAtMidnight = account.ProfitAndLoss;
            account.IsProfitAndLossUnknown = false;
        }
    }
}
