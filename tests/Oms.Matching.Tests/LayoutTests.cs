using System.Runtime.CompilerServices;

namespace Oms.Matching.Tests;

/// <summary>What code computes with is where the code says it is.</summary>
public sealed unsafe class LayoutTests
{
    [Fact]
    public void Links_are_where_they_are_looked_for()
    {
        OrderNode[] nodes = GC.AllocateArray<OrderNode>(3, pinned: true);
        OrderNode* first = (OrderNode*)Unsafe.AsPointer(ref nodes[0]);
        *OrderNode.NextOf(first, 2) = 11;
        *OrderNode.PreviousOf(first, 2) = 12;
        Assert.Equal((11, 12), (nodes[2].Next, nodes[2].Previous));
        Assert.Equal(32, sizeof(OrderNode));

        Level level = new() { Head = 1, Tail = 2 };
        Assert.Equal((1, 2), (((int*)&level)[0], ((int*)&level)[1]));
        Assert.Equal(16, sizeof(Level));
    }

    [Fact]
    public void Memory_begins_at_a_cache_line_and_keeps_what_it_held()
    {
        PinnedMemory<Level> memory = new(3);
        memory.First[2] = new Level { Quantity = 5 };
        memory.Grow(1_000);
        Assert.Equal(0, (long)memory.First % 64);
        Assert.Equal(5, memory.First[2].Quantity);
        Assert.Equal(0, memory.First[999].Quantity);
        Assert.Equal(1_000, memory.Count);
    }
}
