namespace Oms.Gateway.Access;

/// <summary>
/// Rights on an account, on all accounts of an exchange (<c>binance/*</c>), or on all (<c>*</c>).
/// </summary>
internal sealed record Grant(string AccountPattern, Right Rights)
{
    public bool Covers(string account, Right right) =>
        Rights.HasFlag(right)
        && (AccountPattern == "*"
            || AccountPattern == account
            || (AccountPattern.EndsWith("/*", StringComparison.Ordinal)
                && account.StartsWith(AccountPattern[..^1], StringComparison.Ordinal)));
}
