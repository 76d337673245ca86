using Oms.Domain;
using Oms.Domain.Messages;

namespace Oms.Gateway.Commands;

/// <summary>Commands that go to FastPath together, and who waits for the answer of each.</summary>
internal sealed class CommandBatch
{
    private const int BytesFirst = 4096;

    private readonly List<ReplyWaiter> _waiters = [];
    private byte[] _bytes = new byte[BytesFirst];
    private int _length;

    public int Count => _waiters.Count;

    /// <summary>The commands, one behind the other.</summary>
    public ReadOnlySpan<byte> Messages => _bytes.AsSpan(0, _length);

    public ReplyWaiter WaiterOf(int index) => _waiters[index];

    /// <param name="waiter">Has begun to wait; the command carries its number.</param>
    public void Add<TCommand>(in TCommand command, ReplyWaiter waiter)
        where TCommand : unmanaged, IMessage
    {
        Invariant.Holds(waiter.CorrelationId != 0);
        ReadOnlySpan<byte> message = MessageBytes.Of(in command);
        if (_length + message.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, _bytes.Length * 2);
        }

        message.CopyTo(_bytes.AsSpan(_length));
        _length += message.Length;
        _waiters.Add(waiter);
    }

    public void Clear()
    {
        _waiters.Clear();
        _length = 0;
    }
}
