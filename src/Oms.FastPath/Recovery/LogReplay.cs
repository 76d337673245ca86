using System.Text;
using Oms.Domain;
using Oms.Domain.Messages;
using Oms.Engine;
using Oms.Journal;

namespace Oms.FastPath.Recovery;

/// <summary>
/// The engine and all that follows from the log, made again from its records. Every event in the log must
/// be the one that the engine derives again; what it derives beyond the log's end is what the process died
/// before writing.
/// </summary>
internal sealed class LogReplay
{
    private readonly LiveRings _rings;
    private readonly MessageQueue _derivedEvents = new();
    private readonly MessageQueue _requests = new();

    /// <summary>Begins before the first record.</summary>
    public LogReplay(LiveRings rings)
    {
        _rings = rings;
        RingPositions = new(rings);
    }

    /// <summary>At first it holds nothing: the log itself defines how much.</summary>
    public Engine.Engine Engine { get; private set; } = new(EngineCapacity.None);

    public RingPositions RingPositions { get; }

    public long LastUnixNanos { get; private set; }

    public long InputCount { get; private set; }

    public long EventCount { get; private set; }

    /// <summary>Events of the last batch that are derived and not in the log, in order.</summary>
    public ReadOnlySpan<byte> EventsToLog => _derivedEvents.Messages;

    /// <summary>Requests that no ring shows as said, in order.</summary>
    public ReadOnlySpan<byte> RequestsToPublish => _requests.Messages;

    /// <exception cref="InvariantBrokenException">
    /// The engine no longer derives what is in the log.
    /// </exception>
    public void Visit(LogRecord record)
    {
        ref readonly MessageHeader header = ref MessageBytes.Header(record.Message);
        if (MessageKinds.IsEvent(header.Kind))
        {
            EventCount++;
            Invariant.Holds(!_derivedEvents.IsEmpty);
            Invariant.Holds(record.Message.SequenceEqual(_derivedEvents.Dequeue()));
            return;
        }

        InputCount++;
        RingPositions.Note(record);
        LastUnixNanos = header.UnixNanos;
        Derive(Engine.Apply(record.Message).Messages);
    }

    /// <summary>Writes all of it, so that <see cref="Load"/> goes on where this is.</summary>
    public void Save(Stream stream)
    {
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            RingPositions.Save(writer);
            writer.Write(LastUnixNanos);
            Save(writer, _derivedEvents.Messages);
            Save(writer, _requests.Messages);
        }

        Engine.Save(stream);
    }

    /// <summary>Goes on from what was saved, with the rings that are there now.</summary>
    public static LogReplay Load(Stream stream, LiveRings rings)
    {
        var replay = new LogReplay(rings);
        using (var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true))
        {
            replay.RingPositions.Load(reader);
            replay.LastUnixNanos = reader.ReadInt64();
            replay._derivedEvents.Enqueue(LoadMessages(reader));
            replay.NoteRequests(LoadMessages(reader));
        }

        replay.Engine = Oms.Engine.Engine.Load(stream);
        return replay;
    }

    private static void Save(BinaryWriter writer, ReadOnlySpan<byte> messages)
    {
        writer.Write(messages.Length);
        writer.Write(messages);
    }

    private static byte[] LoadMessages(BinaryReader reader)
    {
        byte[] messages = new byte[reader.ReadInt32()];
        reader.BaseStream.ReadExactly(messages);
        return messages;
    }

    private void Derive(ReadOnlySpan<byte> messages)
    {
        while (!messages.IsEmpty)
        {
            ReadOnlySpan<byte> message = MessageQueue.First(messages);
            messages = messages[message.Length..];
            if (MessageKinds.IsEvent(MessageBytes.Header(message).Kind))
            {
                _derivedEvents.Enqueue(message);
            }
            else
            {
                NoteRequests(message);
            }
        }
    }

    /// <summary>Keeps what is newer than the last request in the ring.</summary>
    private void NoteRequests(ReadOnlySpan<byte> messages)
    {
        while (!messages.IsEmpty)
        {
            ReadOnlySpan<byte> message = MessageQueue.First(messages);
            messages = messages[message.Length..];
            if (RingPositions.AreOfTheseRings
                && MessageBytes.Header(message).LogSequence > _rings.LastRequestPublished)
            {
                _requests.Enqueue(message);
            }
        }
    }
}
