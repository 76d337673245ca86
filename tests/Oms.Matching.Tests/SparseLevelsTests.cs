using CsCheck;

namespace Oms.Matching.Tests;

/// <summary>Sparse levels against a dictionary that sorts itself.</summary>
public sealed unsafe class SparseLevelsTests
{
    private static readonly Gen<long> GenKey = Gen.Frequency(
        (20, Gen.Long[0, 400]),
        (1, Gen.Long),
        (1, Gen.OneOf(long.MinValue, long.MaxValue)));

    /// <summary>
    /// A key, and whether its level is opened or closed; mostly opened first, mostly closed then.
    /// </summary>
    private static readonly Gen<(long Key, bool IsOpened)[]> GenSteps = Gen.Select(
        Gen.Select(GenKey, Gen.Frequency((4, true), (1, false))).Array[0, 600],
        Gen.Select(GenKey, Gen.Frequency((1, true), (4, false))).Array[0, 600],
        (grow, shrink) => grow.Concat(shrink).ToArray());

    [Fact]
    public void Levels_are_found_in_order_through_any_opening_and_closing() =>
        GenSteps.Sample(Run, iter: 300);

    /// <summary>Memory is left to other levels: that few blocks hold few levels is an invariant.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Thinned_out_levels_move_together(bool isAscending)
    {
        const int Opened = 6_400;
        const int KeptEvery = 32;
        SparseLevels levels = new();
        SortedDictionary<long, long> expected = [];
        for (int key = 0; key < Opened; key++)
        {
            levels.Open(key)->Quantity = key;
        }

        for (int index = 0; index < Opened; index++)
        {
            int key = isAscending ? index : Opened - 1 - index;
            if (key % KeptEvery == 0)
            {
                expected.Add(key, key);
            }
            else
            {
                levels.Close(key);
            }
        }

        AssertSame(levels, expected);
    }

    private static void Run((long Key, bool IsOpened)[] steps)
    {
        SparseLevels levels = new();
        SortedDictionary<long, long> expected = [];
        foreach ((long key, bool isOpened) in steps)
        {
            bool isThere = expected.ContainsKey(key);
            Level* found = levels.Find(key);
            Assert.Equal(isThere, found is not null);
            Assert.Equal(isThere ? expected[key] : 0, isThere ? found->Quantity : 0);
            if (isOpened)
            {
                Level* opened = levels.Open(key);
                Assert.Equal(isThere ? expected[key] : 0, opened->Quantity);
                expected[key] = opened->Quantity = unchecked(key * 31) | 1;
            }
            else if (isThere)
            {
                levels.Close(key);
                _ = expected.Remove(key);
            }

            Assert.Equal(expected.Count, levels.Count);
            Assert.Equal(expected.Count > 0 ? expected.First().Key : long.MaxValue, levels.FirstKey);
        }

        AssertSame(levels, expected);
    }

    private static void AssertSame(SparseLevels levels, SortedDictionary<long, long> expected)
    {
        List<(long, long)> walked = [];
        long from = long.MinValue;
        while (levels.TryFindFrom(from, out long key, out Level* level))
        {
            walked.Add((key, level->Quantity));
            if (key == long.MaxValue)
            {
                break;
            }

            from = key + 1;
        }

        Assert.Equal(expected.Select(level => (level.Key, level.Value)), walked);
    }
}
