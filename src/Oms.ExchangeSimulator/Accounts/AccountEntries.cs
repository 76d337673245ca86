namespace Oms.ExchangeSimulator.Accounts;

/// <summary>The accounts file, as written.</summary>
internal sealed class AccountEntries
{
    public AccountEntry[]? Accounts { get; init; }
}
