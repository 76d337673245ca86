using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Oms.Domain;

namespace Oms.Matching;

/// <summary>
/// The queue at one price, oldest order first. Its ends take the place of the neighbours that the first and
/// the last order lack, and which of the two a link is in is chosen without a branch: it is as good as
/// random.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Level
{
    /// <summary>The oldest order; anything when nothing rests here.</summary>
    public int Head;

    /// <summary>The newest order; anything when nothing rests here.</summary>
    public int Tail;

    /// <summary>The sum of what its orders show; 0 when nothing rests here, and only then.</summary>
    public long Quantity;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Append(Level* level, OrderNode* nodes, int index)
    {
        OrderNode* node = OrderNode.At(nodes, index);
        int tail = level->Tail;
        node->Previous = tail;
        int* link = OrderNode.NextOf(nodes, tail);
        int* head = (int*)level;
        if (level->Quantity == 0)
        {
            link = head;
        }

        *link = index;
        level->Tail = index;
        level->Quantity += node->Shown;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Remove(Level* level, OrderNode* nodes, int index)
    {
        OrderNode* node = OrderNode.At(nodes, index);
        int next = node->Next;
        int previous = node->Previous;
        int* forward = OrderNode.NextOf(nodes, previous);
        int* backward = OrderNode.PreviousOf(nodes, next);
        int* head = (int*)level;
        int* tail = unchecked((int*)level + 1);
        if (level->Head == index)
        {
            forward = head;
        }

        if (level->Tail == index)
        {
            backward = tail;
        }

        // Whoever comes before and after it knows of it: a wrong book, or a damaged queue, ends here.
        Invariant.Holds(((*forward ^ index) | (*backward ^ index)) == 0);
        *forward = next;
        *backward = previous;
        long quantity = level->Quantity - node->Shown;
        Invariant.Holds(quantity >= 0);
        level->Quantity = quantity;
    }

    /// <summary>Takes the oldest order out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RemoveHead(Level* level, OrderNode* head)
    {
        long quantity = level->Quantity - head->Shown;
        Invariant.Holds(quantity >= 0);
        level->Head = head->Next;
        level->Quantity = quantity;
    }
}
