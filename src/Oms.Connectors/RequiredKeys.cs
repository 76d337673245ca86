using Oms.Domain.Configuration;
using Oms.Domain.Instruments;
using Oms.Keys;

namespace Oms.Connectors;

/// <summary>Looks before the start whether every account that will trade has its key.</summary>
internal static class RequiredKeys
{
    /// <exception cref="KeyFileException">Keys are missing; the message names all of them.</exception>
    public static void Check(SystemConfiguration configuration, KeyFile keys)
    {
        var problems = new List<string>();
        foreach (AccountConfiguration account in configuration.Accounts)
        {
            if (account.Markets.HasFlag(MarketFlags.Spot) && !keys.Contains(account.KeyPath))
            {
                problems.Add(
                    $"{keys.FilePath}: there is no key '{account.KeyPath}', needed by {account.Name}");
            }
        }

        if (problems.Count > 0)
        {
            throw new KeyFileException(string.Join(Environment.NewLine, problems));
        }
    }
}
