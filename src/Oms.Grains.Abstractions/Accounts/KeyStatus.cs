namespace Oms.Grains.Accounts;

/// <summary>What is known of an account's exchange key.</summary>
public enum KeyStatus
{
    /// <summary>No signed request was answered with it yet.</summary>
    Unproven = 1,

    /// <summary>The exchange answered signed requests with it, and the private stream is up.</summary>
    Working = 2,

    /// <summary>It worked, and since then the account was not heard.</summary>
    WorkedBefore = 3,
}
