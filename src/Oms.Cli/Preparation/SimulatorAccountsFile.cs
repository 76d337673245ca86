using System.Collections.Immutable;
using System.Globalization;
using Oms.Configuration;
using Oms.Domain.Configuration;
using Oms.Domain.Instruments;

namespace Oms.Cli.Preparation;

/// <summary>The accounts that the simulator knows, with our keys and their starting balances.</summary>
internal sealed record SimulatorAccountsFile(ImmutableArray<SimulatorAccountsFile.Account> Accounts)
{
    public static SimulatorAccountsFile Of(
        IEnumerable<AccountConfiguration> accounts,
        SimulatorConfiguration simulator,
        ExchangeKeysFile keys) =>
        new([.. accounts.Select(account => Of(account, simulator, keys.Keys[account.KeyPath]))]);

    private static Account Of(
        AccountConfiguration account, SimulatorConfiguration simulator, ExchangeKeysFile.ExchangeKey key)
    {
        IEnumerable<KeyValuePair<string, decimal>> balances =
            simulator.Balances.TryGetValue(account.Name, out var configured) ? configured : [];
        return new(
            account.Name.Account,
            key.ApiKey,
            key.ApiSecret,
            [.. PermissionsOf(account.Markets)],
            balances.ToImmutableSortedDictionary(
                balance => balance.Key, balance => balance.Value.ToString(CultureInfo.InvariantCulture)));
    }

    private static IEnumerable<string> PermissionsOf(MarketFlags markets)
    {
        if (markets.HasFlag(MarketFlags.Spot))
        {
            yield return "SPOT";
        }

        if (markets.HasFlag(MarketFlags.Futures))
        {
            yield return "FUTURES";
        }
    }

    internal sealed record Account(
        string Name,
        string ApiKey,
        string SecretKey,
        ImmutableArray<string> Permissions,
        ImmutableSortedDictionary<string, string> Balances)
    {
        public override string ToString() => Name;
    }
}
