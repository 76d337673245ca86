using System.Runtime.InteropServices;

namespace Oms.SharedMemory.Tables;

/// <summary>What an exchange lets an account send in one of its markets, as its connector counts it.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
public readonly record struct RequestBudgetRow
{
    /// <summary>New orders in the window that has fewest left.</summary>
    [field: FieldOffset(0)]
    public required long OrdersLeft { get; init; }

    /// <summary>Weight that the account's source address has left for new orders in this minute.</summary>
    [field: FieldOffset(8)]
    public required long WeightLeft { get; init; }

    /// <summary>The exchange takes no new orders until then; 0 for no hold.</summary>
    [field: FieldOffset(16)]
    public required long HeldUntilUnixNanos { get; init; }

    /// <summary>When this was so.</summary>
    [field: FieldOffset(24)]
    public required long UnixNanos { get; init; }
}
