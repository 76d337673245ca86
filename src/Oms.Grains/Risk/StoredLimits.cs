namespace Oms.Grains.Risk;

/// <summary>What is stored of the limits of an account, a group or the firm.</summary>
internal sealed record StoredLimits
{
    public required LimitKey Key { get; init; }

    /// <summary>Null where configuration does not know it, or not any more.</summary>
    public LimitSet? Configured { get; init; }

    /// <summary>What somebody set; null where configuration holds.</summary>
    public LimitSet? Set { get; init; }

    public long Version { get; init; }

    public long ConfirmedVersion { get; init; }

    public long ConfirmedUnixNanos { get; init; }

    public string Problem { get; init; } = "";

    public LimitSet Limits => Set ?? Configured ?? new();

    public bool IsPending => Version > ConfirmedVersion && Problem.Length == 0;

    public LimitView ToView() => new()
    {
        Key = Key,
        Limits = Limits,
        Version = Version,
        ConfirmedVersion = ConfirmedVersion,
        ConfirmedUnixNanos = ConfirmedUnixNanos,
        Problem = Problem,
    };
}
