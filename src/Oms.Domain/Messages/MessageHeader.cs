using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Oms.Domain.Ids;

namespace Oms.Domain.Messages;

/// <summary>
/// The first 32 bytes of every message, in rings, log and state tables.
/// <code>
///  0       2        4            8                16                 24            32
///  +-------+--------+------------+----------------+------------------+-------------+
///  | kind  | length | account id | log sequence   | account sequence | unix nanos  | body …
///  +-------+--------+------------+----------------+------------------+-------------+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct MessageHeader
{
    public const int Length = 32;

    /// <summary>The longest message, in bytes.</summary>
    public const int MessageBytesMax = 384;

    [field: FieldOffset(0)]
    public required MessageKind Kind { get; init; }

    /// <summary>Of the whole message, a multiple of 64.</summary>
    [field: FieldOffset(2)]
    public required ushort LengthBytes { get; init; }

    /// <summary>None where the message is about no account.</summary>
    [field: FieldOffset(4)]
    public AccountId AccountId { get; init; }

    /// <summary>
    /// Of an event: its number, gapless over all events of a FastPath. Of a request: its number, gapless over
    /// all
    /// requests. Of a tick in an event ring: the number of the last event. Of an input: 0.
    /// </summary>
    [field: FieldOffset(8)]
    public long LogSequence { get; init; }

    /// <summary>Of an event about an account: its number, gapless per account. 0 otherwise.</summary>
    [field: FieldOffset(16)]
    public long AccountSequence { get; init; }

    /// <summary>When FastPath took in the input, or the input that caused this.</summary>
    [field: FieldOffset(24)]
    public long UnixNanos { get; init; }

    /// <summary>The header that a sender writes: FastPath stamps the rest on entry.</summary>
    public static MessageHeader For<TMessage>(AccountId account = default)
        where TMessage : unmanaged, IMessage => new()
        {
            Kind = TMessage.Kind,
            LengthBytes = (ushort)Unsafe.SizeOf<TMessage>(),
            AccountId = account,
        };
}
