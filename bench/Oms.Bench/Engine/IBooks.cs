using Oms.Bench.Workloads;

namespace Oms.Bench.Engine;

/// <summary>
/// One book per symbol, of some make, and what an order store keeps beside them: who is where.
/// </summary>
internal interface IBooks : IDisposable
{
    /// <summary>How many orders rest.</summary>
    int OrderCount { get; }

    void Execute(ReadOnlySpan<WorkloadCommand> commands, EventBuffer events);

    /// <summary>Price and quantity of each level, best first.</summary>
    /// <param name="side">0 for bids, 1 for asks.</param>
    IEnumerable<(long Price, long Quantity)> Levels(int symbol, int side);
}
