namespace Oms.Bench.Budget;

/// <summary>What <c>budget</c> found.</summary>
internal sealed record BudgetResult
{
    public string Bench { get; } = "budget";

    /// <summary>Of each case.</summary>
    public required int Seconds { get; init; }

    public required BudgetCase[] Cases { get; init; }

    public required double RssMb { get; init; }

    /// <summary>CPU that everything but this process used, in percent of one core.</summary>
    public required double OthersCpuPercent { get; init; }
}
