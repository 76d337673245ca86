using System.Globalization;
using System.Text;

namespace Oms.EndToEnd.Chaos;

/// <summary>The accounts of a campaign, and the configuration that has them.</summary>
internal sealed class CampaignAccounts
{
    private const string Main = "main";

    /// <param name="count">Of all, with the main account.</param>
    /// <param name="haveFutures">A third of them trades futures, and not spot.</param>
    public CampaignAccounts(int count, bool haveFutures = true)
    {
        string[] subs =
        [
            .. Enumerable.Range(1, count - 1).Select(
                number => number.ToString("'sub_'000", CultureInfo.InvariantCulture)),
        ];
        Futures = [.. subs.Where((_, index) => haveFutures && index % 3 == 2)];
        Spot = [Main, .. subs.Except(Futures)];
    }

    /// <summary>Those that trade spot, without their exchange; the first is the main account of all.</summary>
    public IReadOnlyList<string> Spot { get; }

    /// <summary>Those that trade futures.</summary>
    public IReadOnlyList<string> Futures { get; }

    /// <summary>Puts these accounts in the place of the shipped ones.</summary>
    /// <param name="configs">The folder.</param>
    public void Write(string configs)
    {
        var accounts = new StringBuilder("accounts:\n  binance:\n");
        var balances = new StringBuilder("seed: 42\nbalances:\n");
        foreach (string name in Spot.Concat(Futures))
        {
            bool isFutures = Futures.Contains(name);
            string parent = name == Main ? "type: main" : $"type: sub\n      parent: {Main}";
            string markets = isFutures
                ? "spot_enabled: false\n      futures_enabled: true"
                : "spot_enabled: true\n      futures_enabled: false";
            _ = accounts.Append(
                CultureInfo.InvariantCulture,
                $"    {name}:\n      {parent}\n      api_key_vault_path: binance_{name}\n      {markets}\n");
            string coins = isFutures ? "" : "    BTC: \"2\"\n    ETH: \"20\"\n";
            _ = balances.Append(
                CultureInfo.InvariantCulture, $"  binance/{name}:\n    USDT: \"100000\"\n{coins}");
        }

        _ = accounts.Append(
            CultureInfo.InvariantCulture,
            $"account_routing:\n  default: {Main}\n  strategies:\n    chaos: {Main}\n");
        File.WriteAllText(Path.Combine(configs, "accounts.yaml"), accounts.ToString());
        File.WriteAllText(Path.Combine(configs, "simulator.yaml"), balances.ToString());
        File.Delete(Path.Combine(configs, "strategies.yaml"));
    }
}
