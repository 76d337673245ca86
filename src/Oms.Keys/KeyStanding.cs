namespace Oms.Keys;

/// <summary>How an account stands with its keys.</summary>
public enum KeyStanding : byte
{
    /// <summary>The key that comes first signs.</summary>
    Usable = 1,

    /// <summary>The exchange refused a key that comes before the one that signs.</summary>
    Fallback = 2,

    /// <summary>The source could not be read: the last known key signs on.</summary>
    SourceUnavailable = 3,

    /// <summary>
    /// The source has no key of this account, or none any more: what was known before signs on.
    /// </summary>
    Missing = 4,

    /// <summary>The source may not show the key: what was known before signs on.</summary>
    Denied = 5,

    /// <summary>What the source has is no key: what was known before signs on.</summary>
    Damaged = 6,

    /// <summary>The exchange refuses every key there is: the account cannot trade.</summary>
    Refused = 7,
}
