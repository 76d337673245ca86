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
}
