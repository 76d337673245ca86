using System.Runtime.CompilerServices;
using Oms.Domain;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Engine.State;

namespace Oms.Engine;

/// <summary>
/// What the engine says in answer to one input: events and requests, numbered, in order, as bytes. Emptied
/// before the next input.
/// </summary>
public sealed class Outbox
{
    private byte[] _bytes = new byte[64 * 1024];

    public int LengthBytes { get; private set; }

    /// <summary>Of the last event.</summary>
    public long LogSequence { get; private set; }

    /// <summary>Of the last request.</summary>
    public long RequestSequence { get; private set; }

    /// <summary>When FastPath took in the input being answered, Unix nanoseconds.</summary>
    internal long Now { get; private set; }

    /// <summary>The messages, one behind the other; each starts with its header.</summary>
    public ReadOnlySpan<byte> Messages => _bytes.AsSpan(0, LengthBytes);

    /// <summary>Goes on where another engine was saved.</summary>
    internal void Restore(long logSequence, long requestSequence, long nowUnixNanos) =>
        (LogSequence, RequestSequence, Now) = (logSequence, requestSequence, nowUnixNanos);

    internal void Begin(long nowUnixNanos)
    {
        Now = nowUnixNanos;
        LengthBytes = 0;
    }

    /// <summary>The header of the next event about an account; call once per event.</summary>
    internal MessageHeader Event<TMessage>(AccountState account)
        where TMessage : unmanaged, IMessage
    {
        Invariant.Holds(MessageKinds.IsEvent(TMessage.Kind));
        account.Sequence++;
        return EventHeader<TMessage>(account.Id, account.Sequence);
    }

    /// <summary>
    /// The header of the next event about no account that the engine knows; call once per event.
    /// </summary>
    internal MessageHeader Event<TMessage>(AccountId unknownAccount)
        where TMessage : unmanaged, IMessage => EventHeader<TMessage>(unknownAccount, 0);

    /// <summary>The header of the next request; call once per request.</summary>
    internal MessageHeader Request<TMessage>(AccountId account)
        where TMessage : unmanaged, IMessage
    {
        Invariant.Holds(MessageKinds.IsRequest(TMessage.Kind));
        RequestSequence++;
        return MessageHeader.For<TMessage>(account) with { LogSequence = RequestSequence, UnixNanos = Now };
    }

    internal void Add<TMessage>(in TMessage message)
        where TMessage : unmanaged, IMessage => Next<TMessage>() = message;

    /// <summary>Room for the next message, which the caller writes whole.</summary>
    internal ref TMessage Next<TMessage>()
        where TMessage : unmanaged, IMessage
    {
        int start = LengthBytes;
        LengthBytes = start + Unsafe.SizeOf<TMessage>();
        if (LengthBytes > _bytes.Length)
        {
            Array.Resize(ref _bytes, _bytes.Length * 2);
        }

        return ref Unsafe.As<byte, TMessage>(ref _bytes[start]);
    }

    private MessageHeader EventHeader<TMessage>(AccountId account, long accountSequence)
        where TMessage : unmanaged, IMessage
    {
        LogSequence++;
        return MessageHeader.For<TMessage>(account) with
        {
            LogSequence = LogSequence,
            AccountSequence = accountSequence,
            UnixNanos = Now,
        };
    }
}
