namespace Oms.Simulation.World;

/// <summary>
/// All chance of a run: SplitMix64, so that a seed means the same on every machine and with every runtime.
/// </summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        // Wraps by design.
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            ulong mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }

    /// <summary>From 0 to below <paramref name="max"/>.</summary>
    public int Below(int max) => (int)(Next() % (ulong)max);

    /// <summary>Both ends included.</summary>
    public long Between(long min, long max) => min + (long)(Next() % (ulong)(max - min + 1));

    public bool Chance(int perMille) => perMille > 0 && Below(1000) < perMille;

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    public void Shuffle<T>(IList<T> items)
    {
        for (int index = items.Count - 1; index > 0; index--)
        {
            int other = Below(index + 1);
            (items[index], items[other]) = (items[other], items[index]);
        }
    }
}
