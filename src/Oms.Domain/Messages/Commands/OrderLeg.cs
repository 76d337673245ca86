using System.Runtime.InteropServices;
using Oms.Domain.Ids;
using Oms.Domain.Orders;

namespace Oms.Domain.Messages;

/// <summary>An order of a list.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct OrderLeg
{
    public const int Length = 96;

    [field: FieldOffset(0)]
    public ClientOrderId ClientOrderId { get; init; }

    [field: FieldOffset(36)]
    public uint Reserved { get; init; }

    [field: FieldOffset(40)]
    public OrderTerms Terms { get; init; }
}
