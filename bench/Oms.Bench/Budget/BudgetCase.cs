namespace Oms.Bench.Budget;

/// <summary>What came of one number of accounts and addresses.</summary>
internal sealed record BudgetCase
{
    public required int Accounts { get; init; }

    /// <summary>From which the accounts spoke; 0 where none named one, and all shared the host's.</summary>
    public required int SourceAddresses { get; init; }

    public required long AcceptedPerMinute { get; init; }

    /// <summary>Of the account that got fewest.</summary>
    public required long AcceptedPerMinuteLeast { get; init; }

    /// <summary>Refused by the exchange for its limits: none, where the budget is kept.</summary>
    public required long RateLimited { get; init; }

    /// <summary>From wanting an order to its acceptance, with the wait for the budget, microseconds.</summary>
    public required double LatencyUsP50 { get; init; }

    public required double LatencyUsP99 { get; init; }

    /// <summary>From the request to its answer, microseconds.</summary>
    public required double WireUsP50 { get; init; }

    public required double WireUsP99 { get; init; }
}
