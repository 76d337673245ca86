using System.Collections.Frozen;
using Oms.Configuration.Yaml;
using Oms.Domain.Accounts;

namespace Oms.Configuration;

/// <summary>Reads <c>simulator.yaml</c>: the seed, and what each account owns at the start.</summary>
internal static class SimulatorReader
{
    private const decimal BalanceMax = 10_000_000_000m;

    /// <summary>The exchange counts every asset with as many decimals.</summary>
    private const int BalanceDecimalsMax = 8;

    public static SimulatorConfiguration Read(Section root, HashSet<AccountName> accounts)
    {
        int seed = root.Integer("seed", 0, int.MaxValue);
        var balances = new Dictionary<AccountName, FrozenDictionary<string, decimal>>();
        foreach (Section account in root.Child("balances")?.Children() ?? [])
        {
            if (!AccountName.TryParse(account.Name, out AccountName name) || !accounts.Contains(name))
            {
                account.Problem("is no account of accounts.yaml");
            }

            balances[name] =
                account.Keys().ToFrozenDictionary(asset => asset, asset => ReadAmount(account, asset));
        }

        return new() { Seed = seed, Balances = balances.ToFrozenDictionary() };
    }

    private static decimal ReadAmount(Section account, string asset)
    {
        decimal amount = account.Number(asset, 0, BalanceMax);
        if (amount != decimal.Round(amount, BalanceDecimalsMax))
        {
            account.Problem(asset, $"{amount} has more than {BalanceDecimalsMax} decimals");
        }

        return amount;
    }
}
