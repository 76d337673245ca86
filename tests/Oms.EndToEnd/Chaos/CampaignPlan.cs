using System.Text.Json;

namespace Oms.EndToEnd.Chaos;

/// <summary>
/// The faults and deaths of a campaign, drawn from its seed alone: in each round every kind once, in an order and at
/// times of the dice. Half replacements are none of them: the OMS sends a cancel and an order, never both in one.
/// </summary>
internal static class CampaignPlan
{
    /// <summary>As long as it takes to have every fault and every death once, and to recover between them.</summary>
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(90);

    private static readonly string[] Victims = ["fastpath", "connectors", "silo", "gateway", "nats"];

    private static readonly string[] Symbols = ["BTCUSDT", "ETHUSDT"];

    private static readonly string[] Markets = ["spot", "futures"];

    private static readonly string[] OpenBodies =
        ["unknown", "unexpected", "request_timeout", "bad_gateway", "gateway_timeout"];

    private static readonly string[] OtherBodies = ["unknown", "unavailable", "internal", "overloaded"];

    private static readonly string[] OfConnections =
    [
        "drop_user_streams", "drop_order_sockets", "drop_market_streams", "silence_user_streams", "expire_listen_keys",
    ];

    /// <summary>In the order of their time.</summary>
    public static IReadOnlyList<CampaignStep> Of(CampaignOptions options, CampaignAccounts accounts)
    {
        var random = new Random(options.Seed);
        int rounds = options.IsCalm ? 0 : Math.Max(1, (int)Math.Round(options.Duration / Round));
        TimeSpan length = options.Duration / Math.Max(1, rounds);
        var steps = new List<CampaignStep>();
        for (int round = 0; round < rounds; round++)
        {
            TimeSpan start = round * length;
            steps.AddRange(Deaths(random, start, length));
            steps.AddRange(Faults(random, accounts).Select(
                fault => new CampaignStep(start + (length * 0.95 * random.NextDouble()), null, fault)));
            steps.AddRange(Delistings(random, start, length));
            steps.AddRange(Silence(random, start, length));
        }

        return [.. steps.OrderBy(step => step.After)];
    }

    /// <summary>Evenly, in an order of the dice: each may be recovered from before the next.</summary>
    private static IEnumerable<CampaignStep> Deaths(Random random, TimeSpan start, TimeSpan length)
    {
        string[] victims = [.. Victims];
        random.Shuffle(victims);
        return victims.Select((victim, index) => new CampaignStep(
            start + (length * ((index + 0.3 + (0.4 * random.NextDouble())) / victims.Length)), victim, null));
    }

    /// <summary>What is taken off a market comes back.</summary>
    private static IEnumerable<CampaignStep> Delistings(Random random, TimeSpan start, TimeSpan length)
    {
        foreach (string market in Markets)
        {
            string symbol = Any(random, Symbols);
            TimeSpan delisted = start + (length * 0.8 * random.NextDouble());
            yield return new(delisted, null, Json(new { kind = "delist", market, symbol }));
            yield return new(delisted + (length * 0.1), null, Json(new { kind = "relist", market, symbol }));
        }
    }

    /// <summary>Prices stop, and come back when somebody notices, or when their connections are cut.</summary>
    private static IEnumerable<CampaignStep> Silence(Random random, TimeSpan start, TimeSpan length)
    {
        TimeSpan silent = start + (length * 0.8 * random.NextDouble());
        yield return new(silent, null, Json(new { kind = "silence_market_streams", count = random.Next(1, 4) }));
        if (random.Next(4) > 0)
        {
            yield return new(
                silent + TimeSpan.FromSeconds(8), null, Json(new { kind = "drop_market_streams", count = 20 }));
        }
    }

    private static IEnumerable<string> Faults(Random random, CampaignAccounts accounts)
    {
        foreach (string kind in (string[])["hold_user_event", "repeat_user_event", "timeout_after_accept", "duplicate"])
        {
            yield return Json(new { kind, count = Count(random), percent = Percent(random) });
        }

        yield return Json(new
        {
            kind = "delay_user_event", count = Count(random), percent = Percent(random),
            delay_ms = random.Next(50, 3_000),
        });
        foreach (string body in OpenBodies)
        {
            yield return Json(new
            {
                kind = "http_503_after_accept", count = Count(random), percent = Percent(random), body,
            });
        }

        foreach (string body in OtherBodies)
        {
            yield return Json(new
            {
                kind = "http_503_before_accept", count = Count(random), percent = Percent(random), body,
            });
        }

        foreach (string kind in OfConnections)
        {
            yield return Json(new { kind, count = random.Next(1, 20) });
        }

        foreach (string fault in OfExchange(random, accounts))
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> OfExchange(Random random, CampaignAccounts accounts)
    {
        yield return Json(new { kind = "ban", market = Any(random, Markets), duration_ms = random.Next(1_000, 5_000) });
        yield return Json(new
        {
            kind = "too_many_requests", market = Any(random, Markets), duration_ms = random.Next(500, 3_000),
        });
        yield return Json(new
        {
            kind = "clock_skew", skew_ms = random.Next(-6_000, 6_000), duration_ms = random.Next(1_000, 15_000),
        });
        yield return Json(new
        {
            kind = "change_filters", market = Any(random, Markets), symbol = Any(random, Symbols),
            filters = new { min_notional = "150", tick_size = "1" },
        });
        // Whoever of some holds something: one alone may be flat.
        for (int time = 0; time < 3; time++)
        {
            yield return Json(new { kind = "liquidate", account = Any(random, accounts.Futures) });
            yield return Json(new
            {
                kind = "deleverage", account = Any(random, accounts.Futures), symbol = Any(random, Symbols),
            });
        }
    }

    private static int Count(Random random) => random.Next(1, 25);

    private static int Percent(Random random) => random.Next(10, 60);

    private static string Any(Random random, IReadOnlyList<string> names) => names[random.Next(names.Count)];

    private static string Json(object fault) => JsonSerializer.Serialize(fault);
}
