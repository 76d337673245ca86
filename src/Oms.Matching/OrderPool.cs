using System.Runtime.CompilerServices;
using Oms.Domain;

namespace Oms.Matching;

/// <summary>
/// Room for resting orders, shared by the books of one thread: 56 bytes each. It grows by doubling, which
/// allocates; a pool that was given its capacity ahead allocates no more.
/// </summary>
public sealed unsafe class OrderPool
{
    /// <summary>What arrays of at most 2 GB hold.</summary>
    public const int CapacityMax = 1 << 25;

    /// <summary>Index 0 is never given out, so that it can mean none.</summary>
    private const int None = 0;

    private readonly PinnedMemory<OrderNode> _nodes;
    private readonly PinnedMemory<OrderOwner> _owners;
    private readonly PinnedMemory<IcebergReserve> _reserves;
    private int _freeHead = None;
    private int _usedCount = 1;

    /// <param name="capacity">Orders that fit before it must grow.</param>
    public OrderPool(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, CapacityMax);
        _nodes = new(capacity + 1);
        _owners = new(capacity + 1);
        _reserves = new(capacity + 1);
        ReadPointers();
    }

    public int Capacity => _nodes.Count - 1;

    /// <summary>The nodes by index. They move when the pool grows.</summary>
    internal OrderNode* Nodes { get; private set; }

    private OrderOwner* Owners { get; set; }

    private IcebergReserve* Reserves { get; set; }

    /// <summary>Makes room ahead of need; never less than there is.</summary>
    public void EnsureCapacity(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, CapacityMax);
        if (capacity > Capacity)
        {
            _nodes.Grow(capacity + 1);
            _owners.Grow(capacity + 1);
            _reserves.Grow(capacity + 1);
            ReadPointers();
        }
    }

    /// <summary>Whether there is a node of this index, resting or free.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool Has(int index) => unchecked((uint)index < (uint)_usedCount);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal OrderOwner* OwnerAt(int index) => unchecked(Owners + (uint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal IcebergReserve* ReserveAt(int index) => unchecked(Reserves + (uint)index);

    /// <summary>
    /// A free node, last released first: it is the likeliest to be in the cache. Its reserve is zero.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Rent()
    {
        int index = _freeHead;
        if (index == None)
        {
            return RentUnused();
        }

        OrderNode* node = OrderNode.At(Nodes, index);
        Invariant.Holds(node->Shown == 0);
        _freeHead = node->Next;
        return index;
    }

    /// <summary>Takes back a node whose reserve is zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Release(OrderNode* node, int index)
    {
        node->Shown = 0;
        node->Next = _freeHead;
        _freeHead = index;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int RentUnused()
    {
        if (_usedCount > Capacity)
        {
            Invariant.Holds(Capacity < CapacityMax);
            EnsureCapacity((int)Math.Min(Capacity * 2L, CapacityMax));
        }

        return _usedCount++;
    }

    private void ReadPointers()
    {
        Nodes = _nodes.First;
        Owners = _owners.First;
        Reserves = _reserves.First;
    }
}
