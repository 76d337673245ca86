using System.Collections.Immutable;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Rings;
using Oms.Testing;

namespace Oms.FastPath.Tests;

/// <summary>Every ring is heard within as many turns as there are quiet ones, whoever else speaks.</summary>
public sealed class PollRotationTests : IDisposable
{
    private const int RingCount = 12;

    /// <summary>Two that are looked at in each turn; the others when they speak, or when it is their turn.</summary>
    private const int AlwaysPolled = 2;

    private readonly TemporaryFolder _folder = new("rotation");
    private readonly SharedRegion _region;
    private readonly ImmutableArray<InboundRing> _rings;

    public PollRotationTests()
    {
        _region = SharedRegion.ForDataFolder(_folder.Path);
        _rings = [.. Enumerable.Range(1, RingCount).Select(Ring)];
    }

    public void Dispose()
    {
        foreach (InboundRing ring in _rings)
        {
            ring.Dispose();
        }

        _region.Delete();
        _folder.Dispose();
    }

    [Fact]
    public void Some_rings_are_looked_at_in_every_turn_and_of_the_others_one()
    {
        var rotation = new PollRotation(_rings);
        for (int turn = 0; turn < 3 * RingCount; turn++)
        {
            Assert.Equal([1, RingCount], Numbers(rotation));
            Assert.NotNull(rotation.NextQuiet());
            rotation.Settle();
        }
    }

    [Fact]
    public void Each_quiet_ring_has_its_turn_once_in_a_round()
    {
        var rotation = new PollRotation(_rings);
        int quietCount = RingCount - AlwaysPolled;
        for (int round = 0; round < 3; round++)
        {
            IEnumerable<int?> seen =
                Enumerable.Range(0, quietCount).Select(_ => rotation.NextQuiet()?.Number).ToArray();
            Assert.Equal(Enumerable.Range(2, quietCount), seen.Order().Select(number => number ?? 0));
        }
    }

    [Fact]
    public void A_ring_that_spoke_is_looked_at_in_every_turn_in_the_order_of_numbers_until_it_is_silent()
    {
        var rotation = new PollRotation(_rings);
        foreach (int number in (ReadOnlySpan<int>)[7, 3, 9])
        {
            Speak(rotation, number);
        }

        Assert.Equal([1, 3, 7, 9, RingCount], Numbers(rotation));
        rotation.Settle();
        Assert.Equal([1, 3, 7, 9, RingCount], Numbers(rotation));
        _rings[7 - 1].WasUsed = true;
        rotation.Settle();
        Assert.Equal([1, 7, RingCount], Numbers(rotation));
        rotation.Settle();
        Assert.Equal([1, RingCount], Numbers(rotation));
    }

    [Fact]
    public void When_all_speak_none_is_quiet_and_when_all_are_silent_none_is_lost()
    {
        var rotation = new PollRotation(_rings);
        while (rotation.NextQuiet() is { } ring)
        {
            ring.WasUsed = true;
            rotation.Wake(ring);
        }

        Assert.Equal(Enumerable.Range(1, RingCount), Numbers(rotation));
        rotation.Settle();
        rotation.Settle();
        Assert.Equal([1, RingCount], Numbers(rotation));
        var seen = new HashSet<int?>();
        for (int turn = 0; turn < RingCount - AlwaysPolled; turn++)
        {
            Assert.True(seen.Add(rotation.NextQuiet()?.Number));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_ring_waits_longer_than_a_round_whoever_wakes_and_settles_meanwhile(int seed)
    {
        var rotation = new PollRotation(_rings);
        var random = new Random(seed);
        var waited = new Dictionary<int, int>();
        for (int turn = 0; turn < 20_000; turn++)
        {
            HashSet<int> busy = [.. Numbers(rotation)];
            if (rotation.NextQuiet() is not { } looked)
            {
                waited.Clear();
                rotation.Settle();
                continue;
            }

            foreach (InboundRing ring in _rings)
            {
                bool isHeard = busy.Contains(ring.Number) || ring == looked;
                waited[ring.Number] = isHeard ? 0 : waited.GetValueOrDefault(ring.Number) + 1;
                Assert.True(
                    waited[ring.Number] < RingCount - AlwaysPolled,
                    $"seed {seed}, turn {turn}: ring {ring.Number} waited {waited[ring.Number]} turns");
            }

            if (random.Next(3) == 0)
            {
                looked.WasUsed = true;
                rotation.Wake(looked);
            }

            if (random.Next(4) == 0)
            {
                rotation.Settle();
            }
        }
    }

    private static IEnumerable<int> Numbers(PollRotation rotation) =>
        rotation.Busy.ToArray().Select(ring => ring.Number);

    /// <summary>Turns go by until the ring is looked at, and something is in it.</summary>
    private static void Speak(PollRotation rotation, int number)
    {
        InboundRing? ring;
        do
        {
            ring = rotation.NextQuiet();
            Assert.NotNull(ring);
        }
        while (ring.Number != number);

        ring.WasUsed = true;
        rotation.Wake(ring);
    }

    private InboundRing Ring(int number)
    {
        string path = _region.RingPath($"ring-{number}");
        RingFile.CreateIfAbsent(path, 4096, incarnation: 1);
        return new(
            number, $"ring-{number}", RingReader.Attach(path), InputGuard.IsCommand,
            isAlwaysPolled: number is 1 or RingCount);
    }
}
