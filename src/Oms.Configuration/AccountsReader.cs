using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Oms.Configuration.Yaml;
using Oms.Domain.Accounts;
using Oms.Domain.Configuration;
using Oms.Domain.Instruments;

namespace Oms.Configuration;

/// <summary>Reads <c>accounts.yaml</c>: accounts by exchange, and <c>account_routing</c>.</summary>
internal static class AccountsReader
{
    /// <summary>At 8 decimals, the largest amount that the engine computes with.</summary>
    private const decimal AmountMax = 10_000_000_000m;
    private const decimal LeverageMax = 125m;

    private static readonly (string Text, DayOfWeek Value)[] DaysOfWeek =
        [.. Enum.GetValues<DayOfWeek>().Select(day => (day.ToString().ToLowerInvariant(), day))];

    public static AccountsFile Read(Section root)
    {
        ImmutableArray<Located<AccountConfiguration>> accounts = ReadAccounts(root.Child("accounts"));
        return new(accounts, ReadRouting(root.Child("account_routing"), accounts));
    }

    private static ImmutableArray<Located<AccountConfiguration>> ReadAccounts(Section? exchanges)
    {
        if (exchanges is null)
        {
            return [];
        }

        var accounts = ImmutableArray.CreateBuilder<Located<AccountConfiguration>>();
        foreach (Section exchange in exchanges.Children())
        {
            foreach (Section account in exchange.Children())
            {
                accounts.Add(account.Locate(ReadAccount(exchange.Name, account)));
            }

            CheckKeyPaths(exchange);
            CheckParents(exchange);
        }

        if (accounts.Count == 0)
        {
            exchanges.Problem("has no account");
        }

        return accounts.ToImmutable();
    }

    private static AccountConfiguration ReadAccount(string exchange, Section section)
    {
        var name = new AccountName(exchange, section.Name);
        if (!AccountName.TryParse(name.ToString(), out _))
        {
            section.Problem(
                "exchange and account are lower-case letters, digits and '_', " +
                $"at most {AccountName.LengthMax - 1} characters together");
        }

        return new()
        {
            Name = name,
            Type = section.Choice(
                "type",
                ("main", AccountType.Main),
                ("sub", AccountType.Sub),
                ("strategy", AccountType.Strategy)),
            Parent = section.TextIfSet("parent"),
            OwnerGroup = section.TextIfSet("owner_group")
                ?? $"{exchange}/{section.TextIfSet("parent") ?? section.Name}",
            OpeningBalances = ReadBalances(section.ChildIfSet("balances")),
            KeyPath = ReadKeyPath(section),
            Source = ReadSource(section),
            Markets =
                (section.Flag("spot_enabled") ? MarketFlags.Spot : MarketFlags.None) |
                (section.Flag("futures_enabled") ? MarketFlags.Futures : MarketFlags.None),
            Strategy = section.TextIfSet("strategy"),
            BalanceMaxUsdt = section.NumberIfSet("max_balance_usdt", LimitsReader.LimitMin, AmountMax),
            LeverageMax = section.NumberIfSet("max_leverage", 1, LeverageMax),
            PositionMaxUsdt = section.NumberIfSet("max_position_usdt", LimitsReader.LimitMin, AmountMax),
            IsHedged = section.TextIfSet("position_mode") is null
                ? null
                : section.Choice("position_mode", ("one_way", false), ("hedge", true)),
            IsIsolated = section.TextIfSet("margin_type") is null
                ? null
                : section.Choice("margin_type", ("cross", false), ("isolated", true)),
        };
    }

    private static FrozenDictionary<string, decimal> ReadBalances(Section? section)
    {
        foreach (string asset in section?.Keys().Where(key => !ExchangesReader.IsAsset(key)) ?? [])
        {
            section?.Problem(asset, $"is no asset: 1 to {ExchangesReader.AssetLengthMax} capital letters and digits");
        }

        return section is null
            ? FrozenDictionary<string, decimal>.Empty
            : section.Keys().ToFrozenDictionary(asset => asset, asset => section.Number(asset, 0, AmountMax));
    }

    private static string? ReadKeyPath(Section section)
    {
        const string Key = "api_key_vault_path";
        string? path = section.TextIfSet(Key);
        if (path is not null && !VaultPath.IsPath(path))
        {
            section.Problem(Key, $"'{path}' is no path: {VaultPath.Rule}");
        }

        return path;
    }

    private static IPAddress? ReadSource(Section section)
    {
        const string Key = "source_ip";
        if (section.TextIfSet(Key) is not { } text)
        {
            return null;
        }

        if (!IPAddress.TryParse(text, out IPAddress? source) || source.ToString() != text)
        {
            section.Problem(Key, $"'{text}' is no IP address like '192.0.2.7'");
        }

        return source;
    }

    private static void CheckParents(Section exchange)
    {
        Dictionary<string, string?> types =
            exchange.Children().ToDictionary(account => account.Name, account => account.Peek("type"));
        foreach (Section account in exchange.Children())
        {
            string? parent = account.Peek("parent");
            switch (account.Peek("type"))
            {
                case "sub" when !account.Has("parent"):
                    account.Problem("parent", "is missing: a sub-account names its main account");
                    break;
                case "main" or "strategy" when parent is not null:
                    account.Problem("parent", "only a sub-account has a parent");
                    break;
                case "sub" when parent is not null && !types.ContainsKey(parent):
                    account.Problem("parent", $"'{parent}' is no account of {exchange.Name}");
                    break;
                case "sub" when parent is not null && types[parent] is "sub" or "strategy":
                    account.Problem("parent", $"'{parent}' is not a main account");
                    break;
                default:
                    break;
            }
        }
    }

    private static void CheckKeyPaths(Section exchange)
    {
        var owners = new Dictionary<string, string>();
        foreach (Section account in exchange.Children())
        {
            if (account.Peek("api_key_vault_path") is { } path && !owners.TryAdd(path, account.Name))
            {
                account.Problem("api_key_vault_path", $"'{path}' is already the key of '{owners[path]}'");
            }
        }
    }

    private static AccountRoutingConfiguration ReadRouting(
        Section? section, ImmutableArray<Located<AccountConfiguration>> accounts)
    {
        var names = accounts.Select(account => account.Value.Name.Account).ToHashSet();
        Section? strategies = section?.Child("strategies");
        Section? balances = section?.ChildIfSet("balance_rules");
        Section? rebalance = section?.ChildIfSet("rebalance");
        return new()
        {
            Default = ReadAccountOf(section, "default", names),
            Strategies = (strategies?.Keys() ?? []).ToFrozenDictionary(
                key => key, key => ReadAccountOf(strategies, key, names)),
            MainBalanceMinUsdt = balances?.NumberIfSet("min_main_balance", 0, AmountMax),
            SubBalanceMaxUsdt = balances?.NumberIfSet("max_sub_balance", 0, AmountMax),
            RebalanceTransferMinUsdt = balances?.NumberIfSet("min_transfer", 0, AmountMax)
                ?? AccountRoutingConfiguration.RebalanceTransferMinUsdtStandard,
            Rebalance = rebalance is null ? null : ReadRebalance(rebalance),
        };
    }

    private static string ReadAccountOf(Section? section, string key, HashSet<string> names)
    {
        string account = section?.Text(key) ?? "";
        if (account.Length > 0 && names.Count > 0 && !names.Contains(account))
        {
            section?.Problem(key, $"'{account}' is no account");
        }

        return account;
    }

    private static RebalanceConfiguration ReadRebalance(Section section)
    {
        bool enabled = section.Flag("enabled");
        string? schedule = section.Choice(
            "schedule", ("hourly", "hourly"), ("daily", "daily"), ("weekly", "weekly"));
        string text = section.Text("time");
        if (!TimeOnly.TryParseExact(
            text, "HH:mm 'UTC'", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly time)
            && text.Length > 0)
        {
            section.Problem("time", $"'{text}' is not a time like '00:00 UTC'");
        }

        DayOfWeek day = section.TextIfSet("day") is null
            ? DayOfWeek.Monday
            : section.Choice("day", DaysOfWeek);
        return new(enabled, schedule ?? "", time, day);
    }
}
