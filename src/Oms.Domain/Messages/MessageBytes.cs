using System.Runtime.InteropServices;

namespace Oms.Domain.Messages;

/// <summary>Reads messages out of bytes and bytes out of messages, without a copy.</summary>
public static class MessageBytes
{
    public static ref readonly MessageHeader Header(ReadOnlySpan<byte> message) =>
        ref MemoryMarshal.AsRef<MessageHeader>(message);

    /// <summary>The message as <typeparamref name="TMessage"/>; its kind must be that.</summary>
    public static ref readonly TMessage As<TMessage>(ReadOnlySpan<byte> message)
        where TMessage : unmanaged, IMessage
    {
        Invariant.Holds(Header(message).Kind == TMessage.Kind);
        return ref MemoryMarshal.AsRef<TMessage>(message);
    }

    public static ReadOnlySpan<byte> Of<TMessage>(ref readonly TMessage message)
        where TMessage : unmanaged, IMessage =>
        MemoryMarshal.AsBytes(new ReadOnlySpan<TMessage>(in message));

    /// <summary>Whether the bytes are one message and nothing else.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> bytes) =>
        IsWellFormed(bytes) && Header(bytes).LengthBytes == bytes.Length;

    /// <summary>
    /// Whether the bytes start with a header that can be a message's, and reach to its end.
    /// </summary>
    public static bool IsWellFormed(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < MessageHeader.Length)
        {
            return false;
        }

        ref readonly MessageHeader header = ref Header(bytes);
        return header.Kind != MessageKind.None
            && header.LengthBytes is >= 64 and <= MessageHeader.MessageBytesMax
            && header.LengthBytes % 64 == 0
            && header.LengthBytes <= bytes.Length;
    }
}
