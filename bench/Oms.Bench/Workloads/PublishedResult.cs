namespace Oms.Bench.Workloads;

/// <summary>
/// What public engines agree on, trade for trade, about some workloads of the published seed. All counts
/// include the prefill's.
/// </summary>
/// <param name="Hits">Cancels that found their order.</param>
/// <param name="Misses">Cancels that came too late.</param>
/// <param name="DroppedQuantity">What immediate orders found no counterpart for.</param>
/// <param name="Resting">Orders at the end.</param>
/// <param name="BookHash">Of the levels at the end.</param>
internal sealed record PublishedResult(
    int Symbols,
    int Depth,
    int Count,
    string StreamHash,
    int Trades,
    long Quantity,
    long Notional,
    string TradeHash,
    int Hits,
    int Misses,
    long DroppedQuantity,
    int Resting,
    string BookHash)
{
    public static IReadOnlyList<PublishedResult> All { get; } =
    [
        new(
            1, 100, 10_000, "9d6162ae2b83d001", 1_913, 49_594, 495_635_880, "5c884f23908e6e3b",
            3_591, 904, 0, 80, "7b96343b4acd116c"),
        new(
            4, 50, 10_000, "d37d60885bd53d0d", 1_868, 48_992, 489_882_617, "51c0db76956eeb3a",
            3_637, 859, 0, 174, "dcac2aa8a3ba5a7b"),
        new(
            1, 2_000, 300_000, "32cc5186bca34375", 59_207, 1_508_411, 15_042_226_670, "c4339e58dd1ba113",
            105_651, 29_574, 0, 1_328, "439802147b523ac5"),
        new(
            1, 2_000, 3_000_000, "569b333e453b64df", 593_934, 15_172_965, 151_865_326_894, "9799a5363d6ba28a",
            1_050_297, 299_955, 0, 1_313, "627e64f42be45659"),
        new(
            100, 1_000, 3_000_000, "f383401c868812aa", 591_535, 15_147_521, 151_506_617_634,
            "e9c3a2bd460496bb", 1_074_321, 276_043, 0, 77_605, "1fffd30bc2eb0caf"),
    ];

    /// <summary>Null when nothing is published about the workload.</summary>
    public static PublishedResult? Find(int symbols, int depth, int count, ulong seed) =>
        All.FirstOrDefault(result => (result.Symbols, result.Depth, result.Count, Workload.PublishedSeed)
            == (symbols, depth, count, seed));
}
