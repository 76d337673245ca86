namespace Oms.Domain.Messages;

/// <summary>What a kind of message is for.</summary>
public static class MessageKinds
{
    private const MessageKind EventMin = (MessageKind)64;
    private const MessageKind RequestMin = (MessageKind)96;
    private const MessageKind RequestMax = (MessageKind)127;

    public static bool IsInput(MessageKind kind) => kind is > MessageKind.None and < EventMin;

    public static bool IsEvent(MessageKind kind) => kind is >= EventMin and < RequestMin;

    public static bool IsRequest(MessageKind kind) => kind is >= RequestMin and <= RequestMax;
}
