using Oms.Domain;
using Oms.Domain.Messages;

namespace Oms.FastPath.Recovery;

/// <summary>Messages in the order in which they came, one behind the other in one piece of memory.</summary>
internal sealed class MessageQueue
{
    private byte[] _bytes = new byte[1 << 16];
    private int _start;
    private int _end;

    public bool IsEmpty => _start == _end;

    /// <summary>All of them, each as long as its header says.</summary>
    public ReadOnlySpan<byte> Messages => _bytes.AsSpan(_start, _end - _start);

    public void Enqueue(ReadOnlySpan<byte> messages)
    {
        if (_end + messages.Length > _bytes.Length)
        {
            MakeRoomFor(messages.Length);
        }

        messages.CopyTo(_bytes.AsSpan(_end));
        _end += messages.Length;
    }

    /// <summary>The oldest message, valid until the next one comes in; there must be one.</summary>
    public ReadOnlySpan<byte> Dequeue()
    {
        Invariant.Holds(!IsEmpty);
        ReadOnlySpan<byte> message = First(Messages);
        _start += message.Length;
        if (IsEmpty)
        {
            _start = 0;
            _end = 0;
        }

        return message;
    }

    /// <summary>The first of several messages.</summary>
    public static ReadOnlySpan<byte> First(ReadOnlySpan<byte> messages) =>
        messages[..MessageBytes.Header(messages).LengthBytes];

    private void MakeRoomFor(int lengthBytes)
    {
        int held = _end - _start;
        byte[] bytes = _bytes;
        while (held + lengthBytes > bytes.Length)
        {
            bytes = new byte[checked(bytes.Length * 2)];
        }

        Messages.CopyTo(bytes);
        _bytes = bytes;
        _start = 0;
        _end = held;
    }
}
