using Microsoft.Extensions.Logging;
using Oms.Domain.Configuration;
using Oms.Domain.Instruments;
using Oms.Keys;

namespace Oms.Connectors;

/// <summary>The keys of the accounts that will trade: all of them, or no start.</summary>
internal static class RequiredKeys
{
    /// <exception cref="KeysException">Keys are missing or cannot be used; the message names all of
    /// them.</exception>
    public static async Task<ExchangeKeys> Open(
        SystemConfiguration configuration, DataFolder data, TimeProvider time, ILoggerFactory loggers)
    {
        ExchangeKeys keys = await ExchangeKeys.Open(
            configuration.Deployment.Keys, data, [.. configuration.AccountsAtExchanges],
            MarketFlags.Spot | MarketFlags.Futures, time, loggers, CancellationToken.None);
        try
        {
            Check(keys);
            return keys;
        }
        catch
        {
            keys.Dispose();
            throw;
        }
    }

    private static void Check(ExchangeKeys keys)
    {
        var problems = new List<string>();
        bool mayPass = true;
        foreach (AccountKeys account in keys.Accounts)
        {
            if (account.Status is { Standing: not KeyStanding.Usable } status)
            {
                problems.Add(status.ToString());
                mayPass &= status.Standing == KeyStanding.SourceUnavailable;
            }
        }

        if (problems.Count > 0)
        {
            throw new KeysException(string.Join(Environment.NewLine, problems.Order()), mayPass);
        }
    }
}
