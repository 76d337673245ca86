namespace Oms.Bench.Engine;

/// <summary>Which workload, and how often.</summary>
/// <param name="TickSize">Of our books; the workload's prices are multiples of 1.</param>
/// <param name="IsFull">The whole core instead of books alone.</param>
internal sealed record EngineSettings(
    int Symbols, int Depth, int Count, ulong Seed, int Passes, int TickSize, bool IsFull);
