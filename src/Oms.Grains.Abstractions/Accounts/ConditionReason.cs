namespace Oms.Grains.Accounts;

/// <summary>Why an account is as it is.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.ConditionReason")]
public sealed record ConditionReason
{
    /// <summary>What it makes of the account.</summary>
    [Id(0)]
    public required AccountCondition Condition { get; init; }

    /// <summary><c>evidence_incomplete</c>, <c>halted: firm by operator</c>.</summary>
    [Id(1)]
    public required string Text { get; init; }

    /// <summary>0 where it never was otherwise.</summary>
    [Id(2)]
    public required long SinceUnixNanos { get; init; }

    /// <summary>Milliseconds since then, when the view was made; 0 where it never was otherwise.</summary>
    [Id(3)]
    public required long AgeMs { get; init; }
}
