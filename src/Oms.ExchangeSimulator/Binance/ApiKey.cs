using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>A key, whose it is, and what it may do.</summary>
internal sealed record ApiKey(
    string Key,
    Account Account,
    ISigningKey SigningKey,
    IReadOnlyList<string> Permissions)
{
    public bool May(string permission) => Permissions.Contains(permission, StringComparer.Ordinal);
}
