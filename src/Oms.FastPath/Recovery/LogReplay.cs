using Oms.Domain;
using Oms.Domain.Messages;
using Oms.Engine;
using Oms.Journal;
using Oms.SharedMemory.Health;

namespace Oms.FastPath.Recovery;

/// <summary>
/// Replays the log through a new engine. Every event in the log must be the one that the engine derives
/// again; what it derives beyond the log's end is what the process died before writing.
/// </summary>
internal sealed class LogReplay
{
    private const int RecordsPerBeat = 1 << 14;

    // The log itself defines how much the engine holds.
    private readonly Engine.Engine _engine = new(EngineCapacity.None);
    private readonly RingSet _rings;
    private readonly HealthFile _health;
    private readonly RingPositions _ringPositions;
    private readonly TableMessages _tables = new();
    private readonly Queue<byte[]> _derivedEvents = new();
    private readonly List<byte[]> _requests = [];
    private long _lastUnixNanos;
    private long _logSequenceLogged;

    private LogReplay(RingSet rings, HealthFile health)
    {
        _rings = rings;
        _health = health;
        _ringPositions = new(rings);
    }

    /// <exception cref="LogDamagedException">The log is damaged before its end.</exception>
    /// <exception cref="InvariantBrokenException">
    /// The engine no longer derives what is in the log.
    /// </exception>
    public static RecoveredState Run(string logFolder, RingSet rings, HealthFile health)
    {
        var replay = new LogReplay(rings, health);
        LogTail tail = LogRecovery.Recover(logFolder, replay.Visit);
        replay._ringPositions.ReleaseWhatIsLogged();
        return new(
            replay._engine,
            tail,
            replay._lastUnixNanos,
            replay._logSequenceLogged,
            [.. replay._derivedEvents],
            [.. replay._requests],
            replay._tables.Messages);
    }

    private void Visit(LogRecord record)
    {
        if (record.RecordSequence % RecordsPerBeat == 0)
        {
            _health.Beat();
        }

        ref readonly MessageHeader header = ref MessageBytes.Header(record.Message);
        if (MessageKinds.IsEvent(header.Kind))
        {
            Invariant.Holds(_derivedEvents.TryDequeue(out byte[]? derived));
            Invariant.Holds(record.Message.SequenceEqual(derived));
            _logSequenceLogged = header.LogSequence;
            return;
        }

        _ringPositions.Note(record);
        _lastUnixNanos = header.UnixNanos;
        _tables.Note(record.Message);
        Derive(_engine.Apply(record.Message).Messages);
    }

    private void Derive(ReadOnlySpan<byte> messages)
    {
        while (!messages.IsEmpty)
        {
            ReadOnlySpan<byte> message = messages[..MessageBytes.Header(messages).LengthBytes];
            messages = messages[message.Length..];
            if (MessageKinds.IsEvent(MessageBytes.Header(message).Kind))
            {
                _derivedEvents.Enqueue(message.ToArray());
                _tables.Note(message);
            }
            else if (IsUnsaid(MessageBytes.Header(message).LogSequence))
            {
                _requests.Add(message.ToArray());
            }
        }
    }

    /// <summary>Unsaid is what is newer than the last request in the ring.</summary>
    private bool IsUnsaid(long requestSequence)
    {
        // One connector process serves all accounts of this deployment.
        Invariant.Holds(_rings.Requests.Length == 1);
        return _ringPositions.AreOfTheseRings && requestSequence > _rings.Requests[0].LastPublished;
    }
}
