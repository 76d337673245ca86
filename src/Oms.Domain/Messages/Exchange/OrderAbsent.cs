using System.Runtime.InteropServices;
using Oms.Domain.Ids;

namespace Oms.Domain.Messages;

/// <summary>
/// Queries after the last instant at which the order could have arrived prove that the exchange does not have
/// it.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct OrderAbsent : IMessage
{
    public const int Length = 64;

    public static MessageKind Kind => MessageKind.OrderAbsent;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required OrderId OrderId { get; init; }
}
