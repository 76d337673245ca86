namespace Oms.Keys.Files;

/// <summary>What Argon2id (RFC 9106) is made to spend on one guess of the passphrase.</summary>
public readonly record struct KeyDerivationCost(int MemoryKibibytes, int Passes, int Lanes)
{
    private const int MemoryKibibytesMax = 1 << 20;
    private const int PassesMax = 16;
    private const int LanesMax = 16;

    /// <summary>
    /// The second recommendation of RFC 9106, section 4: for hosts where 2 GiB for one derivation are too
    /// much.
    /// </summary>
    public static KeyDerivationCost Standard => new(64 * 1024, 3, 4);

    /// <summary>The memory of a lane has at least 8 KiB; what is above the limits nobody wrote.</summary>
    internal bool IsWithinLimits =>
        Lanes is >= 1 and <= LanesMax
        && Passes is >= 1 and <= PassesMax
        && MemoryKibibytes <= MemoryKibibytesMax
        && MemoryKibibytes >= 8 * Lanes;
}
