namespace Oms.Grains.Risk;

/// <summary>What became of a wish for other limits.</summary>
public enum LimitDecision
{
    /// <summary>Recorded; FastPath is told, and confirms.</summary>
    Accepted = 1,

    /// <summary>Nobody configured such an account or group.</summary>
    Unknown = 2,

    /// <summary>Another version holds by now than the one that was looked at.</summary>
    VersionChanged = 3,

    /// <summary>A limit is negative, has too many decimals, or is none of its scope.</summary>
    Invalid = 4,
}
