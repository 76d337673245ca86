namespace Oms.ExchangeSimulator.Accounts;

/// <summary>One account of the file, as written.</summary>
internal sealed class AccountEntry
{
    public string? Name { get; init; }

    /// <summary>The name of its main account; absent where it is one.</summary>
    public string? Main { get; init; }

    public string? ApiKey { get; init; }

    public string? SecretKey { get; init; }

    public string? PublicKeyPem { get; init; }

    /// <summary>HMAC keys beside the first, by their API keys.</summary>
    public Dictionary<string, string>? FurtherKeys { get; init; }

    /// <summary>Of SPOT, FUTURES and WITHDRAWALS.</summary>
    public string[]? Permissions { get; init; }

    public Dictionary<string, string>? Balances { get; init; }

    /// <summary>Of the wallet of futures.</summary>
    public Dictionary<string, string>? FuturesBalances { get; init; }
}
