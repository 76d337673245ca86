using System.Diagnostics;
using System.Runtime.InteropServices;
using Oms.Domain;
using Oms.Domain.Configuration;
using Oms.Domain.Messages;
using Oms.Domain.Text;
using Oms.Domain.Time;
using Oms.Engine;
using Oms.FastPath.Publishing;
using Oms.FastPath.Recovery;
using Oms.Journal;
using Oms.SharedMemory.Health;
using Oms.SharedMemory.Rings;

namespace Oms.FastPath;

/// <summary>
/// The whole life of the FastPath thread: take a batch from each ring, log it, act on it, log and publish
/// what happened, give the room back. Nothing is done before it is logged, and nothing waits for anybody.
/// </summary>
internal sealed class DutyCycle(
    Engine.Engine engine,
    LogWriter log,
    RingSet rings,
    StatePublisher tables,
    NeverBackClock clock,
    HealthFile health)
{
    /// <summary>Messages taken from one ring in one cycle.</summary>
    public const int BatchMax = 256;

    private const long TickNanos = 500 * UnixNanos.PerMillisecond;
    private const long Year2020UnixNanos = 1_577_836_800 * UnixNanos.PerSecond;
    private const long BeatNanos = 200 * UnixNanos.PerMillisecond;

    private readonly byte[] _batch = new byte[BatchMax * MessageHeader.MessageBytesMax];
    private readonly byte[] _events = new byte[1 << 20];
    private long _lastTickUnixNanos;
    private long _lastBeatUnixNanos;
    private long _logSequence;
    private string _said = "";

    /// <summary>Says again what the process before died before saying, and fills the tables.</summary>
    public void Resume(RecoveredState recovered)
    {
        _logSequence = recovered.LogSequenceLogged;
        foreach (byte[] message in recovered.TableMessages)
        {
            tables.Publish(message);
        }

        foreach (byte[] message in recovered.EventsToLog)
        {
            LogEvent(message);
        }

        log.Commit();
        foreach (byte[] message in recovered.RequestsToPublish)
        {
            Request(message);
        }
    }

    /// <summary>Defines what configuration says and the log does not.</summary>
    public void Define(SystemConfiguration configuration)
    {
        foreach (byte[] definition in Definitions.Missing(configuration, engine.View).ToArray())
        {
            Enter(definition);
        }
    }

    /// <summary>
    /// Opens a new epoch; it is on disk when this returns, so that no order id can come twice.
    /// </summary>
    public void Start()
    {
        foreach (InboundRing ring in rings.Inbound)
        {
            var attached = new RingAttached
            {
                Header = MessageHeader.For<RingAttached>(),
                RingNumber = ring.Number,
                ReservedWord = 0,
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
        log.Sync();
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
        var idle = new BackoffIdleStrategy(policy);
        while (true)
        {
            idle.Idle(RunOnce());
        }
    }

    /// <summary>One cycle. Returns the number of inputs.</summary>
    public int RunOnce()
    {
        int workCount = 0;
        foreach (InboundRing ring in rings.Inbound)
        {
            workCount += TakeBatch(ring);
        }

        foreach (RequestPublisher publisher in rings.Requests)
        {
            publisher.CatchUp();
        }

        foreach (EventPublisher publisher in rings.Events)
        {
            publisher.CatchUp(_logSequence);
        }

        long now = clock.Now();
        if (now - _lastTickUnixNanos >= TickNanos)
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
            NoteSilentConnectors();
        }

        return workCount;
    }

    private void NoteSilentConnectors()
    {
        for (int connector = 0; connector < RingSet.ConnectorCount; connector++)
        {
            bool isHeard = rings.ReportsOf(connector).Ring.IsWriterAlive;
            if (isHeard == engine.View.IsConnectorSilent(connector))
            {
                var changed = new ConnectorChanged
                {
                    Header = MessageHeader.For<ConnectorChanged>(),
                    Connector = (ushort)connector,
                    IsHeard = isHeard ? (byte)1 : (byte)0,
                    Reserved = 0,
                    ReservedWord = 0,
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
        long position = ring.Reader.ReleasedPosition;
        int count = 0;
        int lengthBytes = 0;
        while (count < BatchMax && ring.TryPeek(ref position, out ReadOnlySpan<byte> message))
        {
            Span<byte> input = _batch.AsSpan(lengthBytes, message.Length);
            message.CopyTo(input);
            Stamp(input);
            log.Append(input, ring.Number, position);
            lengthBytes += input.Length;
            count++;
        }

        if (count > 0)
        {
            log.Commit();
            Act(_batch.AsSpan(0, lengthBytes));
        }

        if (position > ring.Reader.ReleasedPosition)
        {
            ring.Reader.Release(position);
        }

        return count;
    }

    /// <summary>Takes in a message of FastPath's own.</summary>
    private void Enter(ReadOnlySpan<byte> message)
    {
        Span<byte> input = _batch.AsSpan(0, message.Length);
        message.CopyTo(input);
        Stamp(input);
        log.Append(input);
        log.Commit();
        Act(input);
    }

    private void Stamp(Span<byte> input)
    {
        ref MessageHeader header = ref MemoryMarshal.AsRef<MessageHeader>(input);
        header = header with { LogSequence = 0, AccountSequence = 0, UnixNanos = clock.Now() };
        if (header.Kind == MessageKind.PlaceOrder)
        {
            ref PlaceOrder order = ref MemoryMarshal.AsRef<PlaceOrder>(input);
            order = order with { Stamps = order.Stamps with { FastPathPolled = Stopwatch.GetTimestamp() } };
        }
    }

    private void Act(ReadOnlySpan<byte> inputs)
    {
        int eventBytes = 0;
        while (!inputs.IsEmpty)
        {
            ReadOnlySpan<byte> input = inputs[..MessageBytes.Header(inputs).LengthBytes];
            inputs = inputs[input.Length..];
            tables.Publish(input);
            Outbox outbox = engine.Apply(input);
            if (eventBytes + outbox.LengthBytes > _events.Length)
            {
                eventBytes = PublishEvents(eventBytes);
            }

            eventBytes = Sort(outbox.Messages, eventBytes);
        }

        _ = PublishEvents(eventBytes);
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
        log.Append(message);
        _logSequence++;
        Invariant.Holds(MessageBytes.Header(message).LogSequence == _logSequence);
        tables.Publish(message);
    }

    private int PublishEvents(int eventBytes)
    {
        log.Commit();
        tables.SetLogSequence(_logSequence);
        ReadOnlySpan<byte> events = _events.AsSpan(0, eventBytes);
        while (!events.IsEmpty)
        {
            ReadOnlySpan<byte> message = events[..MessageBytes.Header(events).LengthBytes];
            events = events[message.Length..];
            foreach (EventPublisher publisher in rings.Events)
            {
                publisher.Publish(message);
            }
        }

        return 0;
    }

    private void Request(ReadOnlySpan<byte> message)
    {
        // One connector process serves all accounts of this deployment.
        Invariant.Holds(rings.Requests.Length == 1);
        rings.Requests[0].Publish(message);
    }
}
