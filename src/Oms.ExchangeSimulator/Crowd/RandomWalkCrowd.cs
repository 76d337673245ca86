using Oms.Domain;
using Oms.ExchangeSimulator.Exchange;
using Oms.Matching;

namespace Oms.ExchangeSimulator.Crowd;

/// <summary>A crowd without a recording: a seeded walk of the middle with a ladder on either side.</summary>
internal sealed class RandomWalkCrowd(int seed, ListedSymbol symbol, long startPrice) : ICrowd
{
    private const int LevelsPerSide = 40;
    private const int TicksBetweenLevelsMax = 12;
    private const int TicksPerStepMax = 60;
    private const long StepMs = 100;

    private readonly Dictionary<(BookSide Side, long Price), long> _shown = [];

    public IEnumerable<CrowdStep> Steps()
    {
        // The walk must be the same on every machine and for every seed: it is no secret.
        Random random = new(seed);
        long middle = startPrice;
        long atMs = 0;
        _shown.Clear();
        yield return new CrowdReset(atMs, Advance(Ladder(random, middle)));
        while (true)
        {
            atMs += StepMs;
            if (random.Next(3) == 0)
            {
                middle += symbol.Rules.TickSize * random.Next(-TicksPerStepMax, TicksPerStepMax + 1);
                middle = Math.Clamp(middle, startPrice / 2, startPrice * 2);
            }

            if (random.Next(2) == 0)
            {
                yield return Trade(random, atMs);
            }

            yield return new CrowdDiff(atMs, Advance(Ladder(random, middle)));
        }
    }

    private Dictionary<(BookSide Side, long Price), long> Ladder(Random random, long middle)
    {
        Dictionary<(BookSide Side, long Price), long> ladder = [];
        long tick = symbol.Rules.TickSize;
        (long bid, long ask) = (middle - tick, middle);
        for (int level = 0; level < LevelsPerSide; level++)
        {
            ladder[(BookSide.Bid, bid)] = Quantity(random);
            ladder[(BookSide.Ask, ask)] = Quantity(random);
            bid -= tick * random.Next(1, TicksBetweenLevelsMax);
            ask += tick * random.Next(1, TicksBetweenLevelsMax);
        }

        return ladder;
    }

    /// <summary>About a fifth to three times 30,000 in the quote asset at each level.</summary>
    private long Quantity(Random random)
    {
        long step = symbol.Rules.StepSize;
        long typical = (long)((Int128)Amount.Of("30000") * Amount.One / startPrice);
        return Math.Max(step, typical * random.Next(20, 300) / 100 / step * step);
    }

    private CrowdTrade Trade(Random random, long atMs)
    {
        bool isSell = random.Next(2) == 0;
        long best = isSell
            ? _shown.Keys.Where(key => key.Side == BookSide.Bid).Max(key => key.Price)
            : _shown.Keys.Where(key => key.Side == BookSide.Ask).Min(key => key.Price);
        long quantity = Quantity(random) / 10 / symbol.Rules.StepSize * symbol.Rules.StepSize;
        Invariant.Holds(best > 0);
        return new CrowdTrade(atMs, best, Math.Max(quantity, symbol.Rules.StepSize), isSell);
    }

    /// <summary>What must change for the crowd to show the next ladder.</summary>
    private List<CrowdLevel> Advance(Dictionary<(BookSide Side, long Price), long> next)
    {
        List<CrowdLevel> levels = [];
        foreach ((BookSide side, long price) in _shown.Keys.Where(key => !next.ContainsKey(key)).ToList())
        {
            levels.Add(new CrowdLevel(side, price, 0));
            _ = _shown.Remove((side, price));
        }

        foreach (((BookSide side, long price), long quantity) in next)
        {
            levels.Add(new CrowdLevel(side, price, quantity));
            _shown[(side, price)] = quantity;
        }

        return levels;
    }
}
