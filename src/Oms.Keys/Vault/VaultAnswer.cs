namespace Oms.Keys.Vault;

/// <summary>
/// What Vault answers, as far as it is used and holds no exchange key. Documents with keys in them are read
/// in locked memory by <see cref="VaultDocument"/>.
/// </summary>
internal static class VaultAnswer
{
    /// <summary>Every answer of 400 and more.</summary>
    public sealed record Failure(string[]? Errors);

    /// <summary><c>auth/approle/login</c> and <c>auth/token/renew-self</c>.</summary>
    public sealed record Login(Grant? Auth);

    /// <param name="LeaseDuration">Seconds; 0 where it does not end.</param>
    public sealed record Grant(string? ClientToken, long LeaseDuration, bool Renewable)
    {
        /// <summary>Shows no token.</summary>
        public override string ToString() => $"grant of {LeaseDuration} s";
    }

    /// <summary><c>auth/token/lookup-self</c>.</summary>
    public sealed record Lookup(Holder? Data);

    /// <param name="Ttl">Seconds; 0 where it does not end.</param>
    public sealed record Holder(long Ttl, bool Renewable);

    /// <summary><c>{mount}/metadata/{path}</c>.</summary>
    public sealed record Metadata(Secret? Data);

    public sealed record Secret(long CurrentVersion, Dictionary<string, SecretVersion>? Versions);

    /// <param name="DeletionTime">RFC 3339, may lie ahead; empty for never.</param>
    public sealed record SecretVersion(string? DeletionTime, bool Destroyed);
}
