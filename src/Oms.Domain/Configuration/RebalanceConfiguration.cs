namespace Oms.Domain.Configuration;

/// <summary>When balances are spread again.</summary>
public sealed record RebalanceConfiguration(bool Enabled, string Schedule, TimeOnly TimeUtc);
