using System.Runtime.CompilerServices;

namespace Oms.Matching;

/// <summary>
/// An array that starts at a cache line and never moves, so that it is reached by pointer. The pointer lives
/// as long as this object: whoever uses it keeps the object alive.
/// </summary>
internal sealed unsafe class PinnedMemory<T>
    where T : unmanaged
{
    private const int CacheLineBytes = 64;

#pragma warning disable IDE0052 // Never read: it keeps the memory alive that the pointer leads to.
    private byte[] _bytes = [];
#pragma warning restore IDE0052

    public PinnedMemory(int count) => Grow(count);

    /// <summary>The first element; another one after <see cref="Grow"/>.</summary>
    public T* First { get; private set; }

    public int Count { get; private set; }

    /// <summary>Makes room for more elements; the new ones are zero.</summary>
    public void Grow(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, Count);
        int bytes = checked((count * sizeof(T)) + CacheLineBytes);
        byte[] grown = GC.AllocateArray<byte>(bytes, pinned: true);
        nuint start = (nuint)Unsafe.AsPointer(ref grown[0]);
        T* first = (T*)((start + CacheLineBytes - 1) & ~(nuint)(CacheLineBytes - 1));
        new ReadOnlySpan<T>(First, Count).CopyTo(new Span<T>(first, count));
        _bytes = grown;
        First = first;
        Count = count;
    }
}
