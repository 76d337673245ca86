using System.Runtime.InteropServices;
using Oms.Domain.Instruments;
using Oms.Domain.Text;

namespace Oms.Domain.Messages;

/// <summary>An account has a number from now on, or its definition changed.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct AccountDefined : IMessage
{
    public const int Length = 128;

    public static MessageKind Kind => MessageKind.AccountDefined;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    /// <summary>exchange/account, as in configuration.</summary>
    [field: FieldOffset(32)]
    public required Text64 Name { get; init; }

    [field: FieldOffset(96)]
    public required Text16 Exchange { get; init; }

    /// <summary>Index of the connector process that serves the account.</summary>
    [field: FieldOffset(112)]
    public required ushort Connector { get; init; }

    /// <summary>Markets that are enabled.</summary>
    [field: FieldOffset(114)]
    public required MarketFlags Markets { get; init; }

    [field: FieldOffset(115)]
    public byte Reserved { get; init; }

    /// <summary>Accounts of the same group never trade with each other; 0 is the account alone.</summary>
    [field: FieldOffset(116)]
    public required uint OwnerGroup { get; init; }
}
