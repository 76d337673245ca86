using System.Collections.Immutable;
using Oms.Domain.Messages;

namespace Oms.FastPath.Recovery;

/// <summary>Remembers, while the log is replayed, the last message of each row of the live tables.</summary>
internal sealed class TableMessages
{
    private readonly Dictionary<(MessageKind Kind, uint First, uint Second, byte Third), int> _places = [];
    private readonly List<byte[]> _messages = [];

    public ImmutableArray<byte[]> Messages => [.. _messages];

    public void Note(ReadOnlySpan<byte> message)
    {
        ref readonly MessageHeader header = ref MessageBytes.Header(message);
        uint account = header.AccountId.Value;
        (uint First, uint Second, byte Third)? key = header.Kind switch
        {
            MessageKind.AccountDefined or MessageKind.AccountGateChanged => (account, 0u, (byte)0),
            MessageKind.AssetDefined => (MessageBytes.As<AssetDefined>(message).AssetId.Value, 0u, (byte)0),
            MessageKind.InstrumentDefined =>
                (MessageBytes.As<InstrumentDefined>(message).InstrumentId.Value, 0u, (byte)0),
            MessageKind.TopOfBook => (MessageBytes.As<TopOfBook>(message).InstrumentId.Value, 0u, (byte)0),
            MessageKind.BalanceChanged => (
                account,
                MessageBytes.As<BalanceChanged>(message).AssetId.Value,
                (byte)MessageBytes.As<BalanceChanged>(message).Wallet),
            MessageKind.PositionChanged =>
                (account, MessageBytes.As<PositionChanged>(message).InstrumentId.Value, (byte)0),
            _ => null,
        };
        if (key is { } row)
        {
            Set((header.Kind, row.First, row.Second, row.Third), message);
        }
    }

    private void Set((MessageKind, uint, uint, byte) key, ReadOnlySpan<byte> message)
    {
        if (_places.TryGetValue(key, out int place))
        {
            message.CopyTo(_messages[place]);
            return;
        }

        _places.Add(key, _messages.Count);
        _messages.Add(message.ToArray());
    }
}
