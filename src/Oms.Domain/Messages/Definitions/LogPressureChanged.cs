using System.Runtime.InteropServices;

namespace Oms.Domain.Messages;

/// <summary>
/// The disk no longer takes what the log's head in memory holds, or takes it again.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct LogPressureChanged : IMessage
{
    public const int Length = 64;

    public static MessageKind Kind => MessageKind.LogPressureChanged;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    /// <summary>1 from now on no new order is taken; 0 orders are taken again.</summary>
    [field: FieldOffset(32)]
    public required byte IsBehind { get; init; }
}
