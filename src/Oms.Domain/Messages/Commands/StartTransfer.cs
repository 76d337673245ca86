using System.Runtime.InteropServices;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Text;

namespace Oms.Domain.Messages;

/// <summary>
/// Move money from a wallet of the header's account to another wallet, of it or of another account of the same
/// exchange. Repeating it does no harm: the id is taken once.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct StartTransfer : IMessage
{
    public const int Length = 128;

    public static MessageKind Kind => MessageKind.StartTransfer;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required AccountId ToAccountId { get; init; }

    [field: FieldOffset(36)]
    public required AssetId AssetId { get; init; }

    [field: FieldOffset(40)]
    public required Market FromWallet { get; init; }

    [field: FieldOffset(41)]
    public required Market ToWallet { get; init; }

    [field: FieldOffset(42)]
    public ushort Reserved { get; init; }

    [field: FieldOffset(44)]
    public uint ReservedWord { get; init; }

    /// <summary>Mantissa at the asset's decimals, above zero.</summary>
    [field: FieldOffset(48)]
    public required long Amount { get; init; }

    /// <summary>Names the sender's request; echoed in the report that answers it.</summary>
    [field: FieldOffset(56)]
    public required long CorrelationId { get; init; }

    /// <summary>The sender's own id of it, 1 to 32 characters, unique for ever.</summary>
    [field: FieldOffset(64)]
    public required Text32 ClientTransferId { get; init; }

    /// <summary>
    /// When the sender first wanted it; the same in every repetition. One that is older than what FastPath remembers
    /// of ids is refused: it may have taken place.
    /// </summary>
    [field: FieldOffset(96)]
    public required long IntentUnixNanos { get; init; }
}
