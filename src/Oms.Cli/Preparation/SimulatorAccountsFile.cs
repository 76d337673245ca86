using System.Collections.Immutable;
using System.Globalization;
using Oms.Configuration;
using Oms.Domain.Configuration;
using Oms.Domain.Instruments;

namespace Oms.Cli.Preparation;

/// <summary>The accounts that the simulator knows, with their keys and starting balances.</summary>
internal sealed record SimulatorAccountsFile(ImmutableArray<SimulatorAccountsFile.Account> Accounts)
{
    public static SimulatorAccountsFile Read(string path) =>
        JsonFile.Read(path, PreparationJson.Default.SimulatorAccountsFile);

    /// <summary>Keys that accounts of the known file have are kept, the others are made.</summary>
    public static SimulatorAccountsFile Of(
        IEnumerable<AccountConfiguration> accounts,
        SimulatorConfiguration simulator,
        SimulatorAccountsFile? known) =>
        new([.. accounts.Select(account => Of(account, simulator, known?.Find(account.Name.Account)))]);

    private Account? Find(string name) => Accounts.FirstOrDefault(account => account.Name == name);

    private static Account Of(
        AccountConfiguration account, SimulatorConfiguration simulator, Account? known)
    {
        IEnumerable<KeyValuePair<string, decimal>> configured =
            simulator.Balances.TryGetValue(account.Name, out var given) ? given : [];
        ImmutableSortedDictionary<string, string> balances = configured.ToImmutableSortedDictionary(
            balance => balance.Key, balance => balance.Value.ToString(CultureInfo.InvariantCulture));
        // Who trades futures only has nothing to do with the wallet of spot.
        bool isOfFutures = !account.Markets.HasFlag(MarketFlags.Spot) && account.Markets.HasFlag(MarketFlags.Futures);
        var nothing = ImmutableSortedDictionary<string, string>.Empty;
        return new(
            account.Name.Account,
            known?.ApiKey ?? SimulatorKeys.MakeApiKey(),
            known?.SecretKey ?? SimulatorKeys.MakeSecret(),
            [.. PermissionsOf(account.Markets)],
            isOfFutures ? nothing : balances,
            isOfFutures ? balances : nothing);
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
        ImmutableSortedDictionary<string, string> Balances,
        ImmutableSortedDictionary<string, string> FuturesBalances)
    {
        public override string ToString() => Name;
    }
}
