using Oms.Domain.Messages;
using Oms.SharedMemory.Rings;

namespace Oms.Peer;

/// <summary>One end of a ring, at full speed, until killed.</summary>
internal static class RingPeer
{
    public static int Write(string path)
    {
        using RingWriter writer = RingWriter.Attach(path);
        long number = writer.TryReadLastPublished(out MessageHeader last) ? last.LogSequence + 1 : 1;
        byte[] buffer = new byte[MessageHeader.MessageBytesMax];
        Console.WriteLine("ready");
        while (true)
        {
            if (writer.Offer(NumberedMessage.Of(number, buffer)) == OfferResult.Accepted)
            {
                number++;
            }

            writer.Beat();
        }
    }

    public static int Read(string path)
    {
        using RingReader reader = RingReader.Attach(path);
        Console.WriteLine("ready");
        while (true)
        {
            reader.Beat();
            while (reader.TryRead(out ReadOnlySpan<byte> message))
            {
                if (!NumberedMessage.Is(NumberedMessage.NumberOf(message), message))
                {
                    return 1;
                }
            }
        }
    }

    /// <summary>Always has messages in the ring that are written and not published.</summary>
    public static int Stage(string path)
    {
        using RingWriter writer = RingWriter.Attach(path);
        long number = writer.TryReadLastPublished(out MessageHeader last) ? last.LogSequence + 1 : 1;
        byte[] buffer = new byte[MessageHeader.MessageBytesMax];
        RingMark before = writer.Staged;
        Console.WriteLine("ready");
        while (true)
        {
            bool isStaged = writer.Stage(NumberedMessage.Of(number, buffer)) == OfferResult.Accepted;
            number += isStaged ? 1 : 0;
            if (!isStaged || number % 7 == 0)
            {
                writer.Publish(in before);
                before = writer.Staged;
            }

            writer.Beat();
        }
    }

    /// <summary>Looks ahead, and gives room back for all but the last of what it saw. Ends by itself when it sees
    /// what is torn, or not the one after the one before.</summary>
    public static int Peek(string path)
    {
        using RingReader reader = RingReader.Attach(path);
        long expected = 0;
        long position = reader.ReleasedPosition;
        long released = position;
        Console.WriteLine("ready");
        while (true)
        {
            reader.Beat();
            PeekResult result = reader.Peek(ref position, out ReadOnlySpan<byte> message);
            if (result == PeekResult.Malformed)
            {
                return 1;
            }

            if (result == PeekResult.Message)
            {
                long number = NumberedMessage.NumberOf(message);
                if ((expected != 0 && number != expected) || !NumberedMessage.Is(number, message))
                {
                    return 1;
                }

                expected = number + 1;
                if (number % 5 == 0)
                {
                    reader.Release(released);
                    released = position;
                }
            }
            else if (released > reader.ReleasedPosition)
            {
                // Nothing more comes before the writer has room.
                reader.Release(released);
                released = position;
            }
        }
    }
}
