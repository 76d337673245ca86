namespace Oms.Grains.Risk;

/// <summary>
/// The limits of an account, a group or the firm, and whether FastPath has them.
/// </summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.LimitView")]
public sealed record LimitView
{
    [Id(0)]
    public required LimitKey Key { get; init; }

    [Id(1)]
    public required LimitSet Limits { get; init; }

    /// <summary>0 is what configuration says; each change counts one more.</summary>
    [Id(2)]
    public required long Version { get; init; }

    /// <summary>The last version that FastPath confirmed; less than the version while one is on its way.</summary>
    [Id(3)]
    public required long ConfirmedVersion { get; init; }

    /// <summary>When; 0 where configuration holds.</summary>
    [Id(4)]
    public required long ConfirmedUnixNanos { get; init; }

    /// <summary>Why FastPath did not take the version; empty where it did or was not asked yet.</summary>
    [Id(5)]
    public string Problem { get; init; } = "";
}
