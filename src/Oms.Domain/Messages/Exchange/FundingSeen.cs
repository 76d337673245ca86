using System.Runtime.InteropServices;
using Oms.Domain.Ids;

namespace Oms.Domain.Messages;

/// <summary>The exchange says what an account paid or got for holding a position.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct FundingSeen : IMessage
{
    public const int Length = 64;

    public static MessageKind Kind => MessageKind.FundingSeen;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required InstrumentId InstrumentId { get; init; }

    [field: FieldOffset(36)]
    public required AssetId AssetId { get; init; }

    /// <summary>Mantissa at the asset's decimals; negative was paid.</summary>
    [field: FieldOffset(40)]
    public required long Amount { get; init; }

    /// <summary>
    /// Of the payment; rises within an account and instrument, so that one is booked once.
    /// </summary>
    [field: FieldOffset(48)]
    public required long FundingId { get; init; }
}
