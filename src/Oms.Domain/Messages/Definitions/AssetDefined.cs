using System.Runtime.InteropServices;
using Oms.Domain.Ids;
using Oms.Domain.Text;

namespace Oms.Domain.Messages;

/// <summary>An asset has a number from now on.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct AssetDefined : IMessage
{
    public const int Length = 64;

    public static MessageKind Kind => MessageKind.AssetDefined;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required AssetId AssetId { get; init; }

    /// <summary>Decimals of every amount of this asset.</summary>
    [field: FieldOffset(36)]
    public required int Decimals { get; init; }

    [field: FieldOffset(40)]
    public required Text16 Name { get; init; }
}
