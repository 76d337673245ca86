using System.Runtime.InteropServices;
using Oms.Domain.Messages;

namespace Oms.Peer;

/// <summary>
/// A message whose every byte follows from its number: a reader knows at once whether it is whole and in
/// order.
/// </summary>
public static class NumberedMessage
{
    /// <summary>64, 128, 192 or 256, all of them often and in no simple order.</summary>
    public static int LengthOf(long number) => 64 * (1 + (int)(Mix(number) & 3));

    /// <summary>The message of a number, written to the start of the buffer.</summary>
    public static ReadOnlySpan<byte> Of(long number, Span<byte> buffer)
    {
        Span<byte> message = buffer[..LengthOf(number)];
        var header = new MessageHeader
        {
            Kind = MessageKind.PositionChanged,
            LengthBytes = (ushort)message.Length,
            LogSequence = number,
            UnixNanos = unchecked((long)Mix(~number)),
        };
        MemoryMarshal.Write(message, in header);
        Span<ulong> body = MemoryMarshal.Cast<byte, ulong>(message[MessageHeader.Length..]);
        for (int i = 0; i < body.Length; i++)
        {
            body[i] = Mix(unchecked((number * 64) + i));
        }

        return message;
    }

    public static long NumberOf(ReadOnlySpan<byte> message) => MessageBytes.Header(message).LogSequence;

    /// <summary>Whether every byte is that of the message with this number.</summary>
    public static bool Is(long number, ReadOnlySpan<byte> message) =>
        message.SequenceEqual(Of(number, stackalloc byte[MessageHeader.MessageBytesMax]));

    // SplitMix64; wraps by design.
    private static ulong Mix(long number) => unchecked(Scramble((ulong)number * 0x9E3779B97F4A7C15));

    private static ulong Scramble(ulong value)
    {
        value = unchecked((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9);
        value = unchecked((value ^ (value >> 27)) * 0x94D049BB133111EB);
        return value ^ (value >> 31);
    }
}
