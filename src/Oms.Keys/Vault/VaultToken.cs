namespace Oms.Keys.Vault;

/// <summary>A token of Vault, and until when it serves.</summary>
/// <param name="LeaseSeconds">What it had to live when it was given or renewed; 0 for no end.</param>
/// <param name="RenewAt">Null where there is nothing to do before it ends, or it has no end.</param>
internal sealed record VaultToken(
    string Value, long LeaseSeconds, bool IsRenewable, DateTimeOffset? RenewAt)
{
    /// <summary>Shows nothing of it.</summary>
    public override string ToString() => $"token of {LeaseSeconds} s";
}
