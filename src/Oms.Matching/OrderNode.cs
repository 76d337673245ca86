using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Oms.Matching;

/// <summary>
/// What matching reads of a resting order: 32 bytes, two to a cache line.
///
///      0        8        16       24    28    32
///      | id     | price  | shown  | next| prev|
///
/// The rest of an order is in <see cref="OrderOwner"/> and <see cref="IcebergReserve"/>, of which most
/// commands write the one and never touch the other.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct OrderNode
{
    private const int NextOffsetInts = 6;
    private const int PreviousOffsetInts = 7;

    public long OrderId;
    public long Price;

    /// <summary>What it shows; 0 in a node that is free.</summary>
    public long Shown;

    /// <summary>The order behind it at its level, or the next free node. Not kept up in a tail.</summary>
    public int Next;

    /// <summary>The order before it at its level. Not kept up in a head.</summary>
    public int Previous;

    /// <summary>
    /// A node of a pool. No arithmetic on its pointers overflows: pools check what they are asked for.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OrderNode* At(OrderNode* nodes, int index) => unchecked(nodes + (uint)index);

    /// <summary>
    /// Where <see cref="Next"/> is. An address that is only computed, without the compiler's look at the
    /// node, can be chosen among others without a branch.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int* NextOf(OrderNode* nodes, int index) =>
        unchecked((int*)At(nodes, index) + NextOffsetInts);

    /// <summary>Where <see cref="Previous"/> is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int* PreviousOf(OrderNode* nodes, int index) =>
        unchecked((int*)At(nodes, index) + PreviousOffsetInts);
}
