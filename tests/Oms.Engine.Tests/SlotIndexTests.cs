using CsCheck;
using Oms.Engine.Orders;

namespace Oms.Engine.Tests;

public sealed class SlotIndexTests
{
    /// <summary>
    /// Hashes of few bits, so that many slots want the same place, also at the end of the array; added, removed,
    /// and moved to a larger one.
    /// </summary>
    [Fact]
    public void The_index_is_a_set_of_slots() => Gen.Select(Gen.Int[0, 9], Gen.Int[0, 31]).Array[1, 400].Sample(
        steps =>
        {
            var index = new SlotIndex();
            index.Grow(16);
            int capacity = 16;
            var held = new HashSet<int>();
            foreach ((int verb, int slot) in steps)
            {
                switch (verb)
                {
                    case < 5 when !held.Contains(slot) && held.Count < capacity:
                        index.Add(HashOf(slot), slot);
                        _ = held.Add(slot);
                        break;
                    case < 9 when held.Remove(slot):
                        index.Remove(HashOf(slot), slot);
                        break;
                    case 9 when capacity < 64:
                        capacity *= 2;
                        index.Grow(capacity);
                        break;
                }

                Assert.Equal(held.Count, index.Count);
                for (int sought = 0; sought < 32; sought++)
                {
                    int found = index.Find(HashOf(sought), new IsSlot(sought));
                    Assert.Equal(held.Contains(sought) ? sought : -1, found);
                }
            }
        },
        iter: 300);

    /// <summary>Two slots share a hash, and all but a few a place.</summary>
    private static uint HashOf(int slot) => ((uint)slot / 2) | ((uint)(slot % 3) << 30) | 0x1F0u;

    private readonly struct IsSlot(int sought) : ISlotMatch
    {
        public bool IsAt(int slot) => slot == sought;
    }
}
