namespace Oms.Domain.Messages;

/// <summary>What a kind of message is for.</summary>
public static class MessageKinds
{
    public static bool IsInput(MessageKind kind) => kind is > MessageKind.None and <= MessageKind.Tick;

    public static bool IsEvent(MessageKind kind) =>
        kind is >= MessageKind.ExecutionReport and <= MessageKind.AccountGateChanged;

    public static bool IsRequest(MessageKind kind) =>
        kind is >= MessageKind.SubmitOrder and <= MessageKind.GatherEvidence;
}
