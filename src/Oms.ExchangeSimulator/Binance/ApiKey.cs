using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>A key, whose it is, and what it may do.</summary>
internal sealed record ApiKey(
    string Key,
    Account Account,
    ISigningKey SigningKey,
    IReadOnlyList<string> Permissions)
{
    /// <summary>Whether it is taken from listed addresses alone; every caller's is one of them.</summary>
    public bool IsBoundToAddresses { get; init; } = true;

    public bool May(string permission) => Permissions.Contains(permission, StringComparer.Ordinal);
}
