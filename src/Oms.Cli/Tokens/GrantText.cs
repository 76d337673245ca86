using System.Collections.Immutable;
using Oms.Cli.Preparation;
using Oms.Domain.Accounts;

namespace Oms.Cli.Tokens;

/// <summary>A grant as people write it: <c>binance/main=read,trade</c>.</summary>
internal static class GrantText
{
    private static readonly ImmutableArray<string> Rights = ["read", "trade", "transfer", "administer"];

    /// <exception cref="FormatException">It is no grant.</exception>
    public static IdentitiesFile.Grant Parse(string text)
    {
        string[] parts = text.Split('=');
        string[] rights = parts.Length == 2 ? parts[1].Split(',') : [];
        if (rights.Length == 0 || rights.FirstOrDefault(right => !Rights.Contains(right)) is not null)
        {
            throw new FormatException(
                $"--grant: '{text}' is not ACCOUNT=RIGHT[,RIGHT], with rights of {string.Join(", ", Rights)}");
        }

        bool isPattern = parts[0] == "*"
            || (parts[0].EndsWith("/*", StringComparison.Ordinal) && AccountName.TryParse(parts[0][..^1] + "x", out _));
        return isPattern || AccountName.TryParse(parts[0], out _)
            ? new(parts[0], [.. rights.Distinct()])
            : throw new FormatException($"--grant: '{parts[0]}' is not exchange/account, exchange/* or *");
    }

    public static string Of(IdentitiesFile.Grant grant) => $"{grant.Account}={string.Join(',', grant.Rights)}";
}
