using Oms.Domain;
using Oms.Domain.Configuration;
using Oms.Domain.Messages;
using Oms.Domain.Text;
using Oms.Domain.Time;
using Oms.Engine;
using Oms.FastPath.Definitions;
using Oms.FastPath.Publishing;
using Oms.FastPath.Recovery;
using Oms.Journal;
using Oms.SharedMemory.Counters;
using Oms.SharedMemory.Health;
using Oms.SharedMemory.Rings;

namespace Oms.FastPath;

/// <summary>
/// The whole life of the FastPath thread: take a batch from each ring, log it, act on it, log and publish
/// what happened, give the room back. Nothing is done before it is logged, and nothing waits for anybody.
/// </summary>
/// <param name="idle">What is done while only the disk can help.</param>
internal sealed class DutyCycle(
    Engine.Engine engine,
    LogWriter log,
    LogPressure pressure,
    RingSet rings,
    StatePublisher tables,
    NeverBackClock clock,
    DutyMeter meter,
    HealthFile health,
    Action idle)
{
    /// <summary>Messages taken from one ring in one cycle.</summary>
    public const int BatchMax = 256;

    private const long TickNanos = 500 * UnixNanos.PerMillisecond;
    private const long Year2020UnixNanos = 1_577_836_800 * UnixNanos.PerSecond;
    private const long BeatNanos = 200 * UnixNanos.PerMillisecond;

    /// <summary>A disk that takes longer is behind; cancels do not wait for it.</summary>
    private const long StartWaitNanos = 2 * UnixNanos.PerSecond;

    private readonly byte[] _batch = new byte[BatchMax * MessageHeader.MessageBytesMax];
    private readonly byte[] _events = new byte[1 << 20];
    private long _lastTickUnixNanos;
    private long _lastBeatUnixNanos;
    private long _cycleTicks;
    private long _logSequence;
    private long _committed;
    private string? _said;

    /// <summary>Says again what the process before died before saying, and fills the tables.</summary>
    public void Resume(LogReplay replay)
    {
        _logSequence = log.End.LogSequence;
        _committed = log.End.Position;
        tables.PublishAll(engine.View);
        for (ReadOnlySpan<byte> events = replay.EventsToLog; !events.IsEmpty;)
        {
            ReadOnlySpan<byte> message = MessageQueue.First(events);
            events = events[message.Length..];
            LogEvent(message);
        }

        Commit();
        for (ReadOnlySpan<byte> requests = replay.RequestsToPublish; !requests.IsEmpty;)
        {
            ReadOnlySpan<byte> message = MessageQueue.First(requests);
            requests = requests[message.Length..];
            Request(message);
        }
    }

    /// <summary>Defines what configuration says and the log does not.</summary>
    public void Define(SystemConfiguration configuration)
    {
        foreach (DefinitionStage stage in Definitions.Definitions.Stages)
        {
            foreach (byte[] definition in stage(configuration, engine.View).ToArray())
            {
                Enter(definition);
            }
        }
    }

    /// <summary>
    /// Opens a new epoch. It is on the disk when this returns, or else no order is accepted before it is:
    /// no order id can come twice.
    /// </summary>
    public void Start()
    {
        foreach (InboundRing ring in rings.Inbound)
        {
            var attached = new RingAttached
            {
                Header = MessageHeader.For<RingAttached>(),
                RingNumber = ring.Number,
                Incarnation = ring.Reader.Ring.Incarnation,
                Position = ring.Reader.ReleasedPosition,
                Name = Text32.Of(ring.Name),
            };
            Enter(MessageBytes.Of(in attached));
        }

        var started = new FastPathStarted
        {
            Header = MessageHeader.For<FastPathStarted>(),
            Shard = 0,
            Epoch = NextEpoch(),
        };
        Enter(MessageBytes.Of(in started));
        pressure.NoteStart();
        long deadline = clock.Now() + StartWaitNanos;
        while (!pressure.IsStartDurable && pressure.Failure.Length == 0 && clock.Now() < deadline)
        {
            Wait();
        }

        NoteLogPressure();
    }

    /// <summary>
    /// At least the minutes since 2020: also with a new, empty log no order id of an old one comes again.
    /// </summary>
    private int NextEpoch()
    {
        long minutes = (clock.Now() - Year2020UnixNanos) / (60 * UnixNanos.PerSecond);
        return Math.Max(engine.View.Epoch + 1, checked((int)minutes));
    }

    public void RunForever(IdlePolicy policy)
    {
        var idle = new BackoffIdleStrategy(policy, rings.ParkNanosMax, rings.Park);
        while (true)
        {
            idle.Idle(RunOnce());
        }
    }

    /// <summary>One cycle. Returns the number of inputs.</summary>
    public int RunOnce()
    {
        meter.CycleBegins(_cycleTicks);
        NoteLogPressure();
        rings.Release(log);
        int workCount = TakeFromRings();
        foreach (RequestPublisher publisher in rings.Requests)
        {
            publisher.CatchUp(_committed);
        }

        TellWhereTheLogIs();
        long now = clock.Now(out _cycleTicks);
        meter.CycleDone(workCount, _cycleTicks);
        tables.ShowNextBook(engine.View, now);
        if (now - _lastTickUnixNanos >= TickNanos && pressure.HasRoomForInputs)
        {
            // Also while inputs come: what is due must not wait for a quiet market.
            _lastTickUnixNanos = now;
            var tick = new Tick { Header = MessageHeader.For<Tick>() };
            Enter(MessageBytes.Of(in tick));
        }

        if (now - _lastBeatUnixNanos >= BeatNanos)
        {
            _lastBeatUnixNanos = now;
            rings.Beat();
            SayHealth();
            SetGauges();
            NoteSilentConnectors();
        }

        return workCount;
    }

    private int TakeFromRings()
    {
        int workCount = 0;
        foreach (InboundRing ring in rings.Rotation.Busy)
        {
            workCount += TakeBatch(ring);
        }

        if (rings.Rotation.NextQuiet() is { } quiet && TakeBatch(quiet) is > 0 and { } count)
        {
            rings.Rotation.Wake(quiet);
            workCount += count;
        }

        return workCount;
    }

    private void SetGauges()
    {
        EngineView view = engine.View;
        meter.Set(Counter.LiveOrders, view.LiveOrders);
        meter.Set(Counter.RequestsWaiting, rings.RequestsWaiting);
        meter.Set(Counter.LogBytesNotDurable, log.WaitingBytes);
        meter.Set(Counter.LogIsBehind, view.IsLogBehind ? 1 : 0);
        meter.Set(Counter.ReportsOfUnknownOrders, view.ReportsOfUnknownOrders);
        meter.Set(Counter.TradesNotBookable, view.TradesNotBookable);
        meter.Set(Counter.LateFills, view.LateFills);
        meter.Set(Counter.InputsRefused, rings.InputsRefused);
        meter.Set(Counter.EventsMissed, rings.EventsMissed);
        meter.Set(Counter.ProducersAlive, rings.ProducersAlive);
        meter.Set(Counter.AllocatedBytes, GC.GetTotalAllocatedBytes());
        meter.Set(Counter.GarbageCollections, GC.CollectionCount(0));
        meter.GaugesSet();
    }

    private void NoteLogPressure()
    {
        bool isBehind = pressure.IsBehind(engine.View.IsLogBehind);
        bool hasRoom = log.HasRoomFor(LogWriter.RecordOverheadBytes + LogPressureChanged.Length);
        if (isBehind != engine.View.IsLogBehind && hasRoom)
        {
            var changed = new LogPressureChanged
            {
                Header = MessageHeader.For<LogPressureChanged>(),
                IsBehind = isBehind ? (byte)1 : (byte)0,
            };
            Enter(MessageBytes.Of(in changed));
        }
    }

    private void NoteSilentConnectors()
    {
        for (int connector = 0; connector < RingSet.ConnectorCount && pressure.HasRoomForInputs; connector++)
        {
            bool isHeard = rings.ReportsOf(connector).Ring.IsWriterAlive;
            if (isHeard == engine.View.IsConnectorSilent(connector))
            {
                var changed = new ConnectorChanged
                {
                    Header = MessageHeader.For<ConnectorChanged>(),
                    Connector = (ushort)connector,
                    IsHeard = isHeard ? (byte)1 : (byte)0,
                };
                Enter(MessageBytes.Of(in changed));
            }
        }
    }

    /// <summary>Ready, or what somebody should look at.</summary>
    private void SayHealth()
    {
        string troubles = Troubles();
        long unknown = engine.View.ReportsOfUnknownOrders;
        string detail = troubles.Length > 0 || unknown == 0
            ? troubles
            : $"{unknown} reports of orders that are not known";
        if (detail == _said)
        {
            health.Beat();
            return;
        }

        _said = detail;
        health.Say(troubles.Length == 0 ? ProcessState.Ready : ProcessState.Degraded, detail);
    }

    private string Troubles()
    {
        if (engine.View.IsLogBehind)
        {
            string failure = pressure.Failure;
            return failure.Length > 0 ? $"the log's disk: {failure}" : "the log is behind its disk";
        }

        foreach (InboundRing ring in rings.Inbound)
        {
            if (ring.IsQuarantined)
            {
                return $"ring {ring.Name} is quarantined";
            }

            if (ring.RefusedCount > 0)
            {
                return $"ring {ring.Name}: {ring.RefusedCount} messages are no inputs";
            }
        }

        long notBookable = engine.View.TradesNotBookable;
        return notBookable == 0 ? "" : $"{notBookable} trades cannot be booked";
    }

    private int TakeBatch(InboundRing ring)
    {
        if (!pressure.HasRoomForInputs)
        {
            // What is not taken stays in its ring; when that is full, its writer is told.
            return 0;
        }

        long position = ring.Reader.ReleasedPosition;
        int count = 0;
        int lengthBytes = 0;
        BatchStamp stamp = default;
        while (count < BatchMax && ring.TryPeek(ref position, out ReadOnlySpan<byte> message))
        {
            if (count == 0)
            {
                stamp = BatchStamp.Now(clock);
            }

            Span<byte> input = _batch.AsSpan(lengthBytes, message.Length);
            message.CopyTo(input);
            stamp.WriteInto(input);
            log.Append(input, ring.Number, position);
            lengthBytes += input.Length;
            count++;
        }

        if (count > 0)
        {
            if (!ring.WasUsed)
            {
                // Who speaks after a silence may listen since then only: it hears what it causes.
                rings.NoteReaders();
                TellWhereTheLogIs();
            }

            ring.WasUsed = true;
            meter.BatchTaken(_batch.AsSpan(0, lengthBytes), stamp.Ticks);
            Commit();
            meter.Done(LatencyStage.Log);
            Act(_batch.AsSpan(0, lengthBytes));
        }

        if (position > ring.Reader.ReleasedPosition)
        {
            ring.Reader.Release(position);
        }

        return count;
    }

    /// <summary>Who is behind, or begins to listen, is told the number of the last event.</summary>
    private void TellWhereTheLogIs()
    {
        foreach (EventPublisher publisher in rings.Listening)
        {
            publisher.CatchUp(_logSequence, _committed);
        }
    }

    /// <summary>Takes in a message of FastPath's own.</summary>
    private void Enter(ReadOnlySpan<byte> message)
    {
        Span<byte> input = _batch.AsSpan(0, message.Length);
        message.CopyTo(input);
        BatchStamp.Now(clock).WriteInto(input);
        AwaitRoomFor(input.Length);
        log.Append(input);
        Commit();
        Act(input);
    }

    private void Commit()
    {
        log.Commit();
        _committed = log.End.Position;
    }

    /// <summary>
    /// What has happened must be logged, and there was room when it began. Where that was not enough,
    /// nothing helps but to wait for the disk.
    /// </summary>
    private void AwaitRoomFor(int messageBytes)
    {
        if (log.HasRoomFor(LogWriter.RecordOverheadBytes + messageBytes))
        {
            return;
        }

        // What is not committed is not copied.
        Commit();
        health.Say(ProcessState.Degraded, $"the log is full: {pressure.Failure}");
        _said = null;
        while (!log.HasRoomFor(LogWriter.RecordOverheadBytes + messageBytes))
        {
            rings.Beat();
            Wait();
        }
    }

    private void Wait()
    {
        health.Beat();
        idle();
    }

    private void Act(ReadOnlySpan<byte> inputs)
    {
        int eventBytes = 0;
        while (!inputs.IsEmpty)
        {
            ReadOnlySpan<byte> input = inputs[..MessageBytes.Header(inputs).LengthBytes];
            inputs = inputs[input.Length..];
            Outbox outbox = engine.Apply(input);
            tables.Note(input);
            meter.Input(input);
            eventBytes = Sort(outbox.Messages, eventBytes);
        }

        meter.Done(LatencyStage.Decide);
        _ = PublishEvents(eventBytes);
        meter.Done(LatencyStage.Publish);
    }

    /// <summary>Requests leave at once; events are logged and gathered.</summary>
    private int Sort(ReadOnlySpan<byte> messages, int eventBytes)
    {
        while (!messages.IsEmpty)
        {
            ReadOnlySpan<byte> message = messages[..MessageBytes.Header(messages).LengthBytes];
            messages = messages[message.Length..];
            if (MessageKinds.IsRequest(MessageBytes.Header(message).Kind))
            {
                Request(message);
                continue;
            }

            if (eventBytes + message.Length > _events.Length)
            {
                eventBytes = PublishEvents(eventBytes);
            }

            LogEvent(message);
            message.CopyTo(_events.AsSpan(eventBytes));
            eventBytes += message.Length;
        }

        return eventBytes;
    }

    private void LogEvent(ReadOnlySpan<byte> message)
    {
        AwaitRoomFor(message.Length);
        log.Append(message);
        _logSequence++;
        Invariant.Holds(MessageBytes.Header(message).LogSequence == _logSequence);
    }

    private int PublishEvents(int eventBytes)
    {
        Commit();
        tables.PublishChanges(engine.View, _logSequence);
        ReadOnlySpan<byte> events = _events.AsSpan(0, eventBytes);
        while (!events.IsEmpty)
        {
            ReadOnlySpan<byte> message = events[..MessageBytes.Header(events).LengthBytes];
            events = events[message.Length..];
            foreach (EventPublisher publisher in rings.Listening)
            {
                publisher.Publish(message, _committed);
            }

            meter.Event(message);
        }

        return 0;
    }

    private void Request(ReadOnlySpan<byte> message)
    {
        // One connector process serves all accounts of this deployment.
        Invariant.Holds(rings.Requests.Length == 1);
        meter.Request();
        rings.Requests[0].Publish(message, _committed);
    }
}
