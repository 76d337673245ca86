using System.Collections.Immutable;
using Oms.Domain.Configuration;
using Oms.Domain.Instruments;

namespace Oms.Configuration;

/// <summary>What must hold between files. A file that could not be read is left out.</summary>
internal static class CrossFileRules
{
    /// <summary>What 64 bits hold at 8 decimals, with room for what is added on the way.</summary>
    private const decimal BalancesSumMax = 30_000_000_000m;

    public static void Check(
        AccountsFile? accounts,
        ExchangesFile? exchanges,
        LimitsFile? limits,
        List<ConfigurationProblem> problems)
    {
        if (accounts is not null && exchanges is { Exchanges.IsEmpty: false })
        {
            CheckExchanges(accounts, exchanges.Exchanges, problems);
        }

        if (accounts is not null && limits is not null)
        {
            CheckLimits(accounts, limits, problems);
        }

        if (exchanges is not null && limits is not null)
        {
            CheckInstruments(exchanges.Exchanges, limits.Instruments, problems);
        }

        if (accounts is not null && limits is { Limits.Value.AccountsMax: > 0 and int accountsMax }
            && accounts.Accounts.Length > accountsMax)
        {
            problems.Add(accounts.Accounts[accountsMax].Problem(
                $"{accounts.Accounts.Length} accounts are more than capacity.accounts_max, {accountsMax}"));
        }

        int listings = exchanges?.Exchanges.Sum(exchange => exchange.Value.Listings.Length) ?? 0;
        if (exchanges is not null && limits is { Limits.Value.InstrumentsMax: > 0 and int instrumentsMax }
            && listings > instrumentsMax)
        {
            problems.Add(exchanges.Exchanges[0].Problem(
                $"{listings} listings are more than capacity.instruments_max, {instrumentsMax}"));
        }
    }

    private static void CheckExchanges(
        AccountsFile accounts,
        ImmutableArray<Located<ExchangeConfiguration>> exchanges,
        List<ConfigurationProblem> problems)
    {
        foreach (Located<AccountConfiguration> account in accounts.Accounts)
        {
            string name = account.Value.Name.Exchange;
            ExchangeConfiguration? exchange =
                exchanges.FirstOrDefault(exchange => exchange.Value.Name == name)?.Value;
            if (exchange is null)
            {
                problems.Add(account.Problem($"exchange '{name}' is not in exchanges.yaml"));
            }
            else if (!exchange.IsMatchedHere && account.Value.OpeningBalances.Count > 0)
            {
                problems.Add(account.Problem("balances", "are what the exchange says they are"));
            }
        }

        CheckBalances(accounts, problems);
        foreach (Located<ExchangeConfiguration> exchange in exchanges)
        {
            CheckDeadMansSwitch(accounts, exchange, problems);
        }
    }

    /// <summary>
    /// The exchange is told for each account and listing, and counts that by source address: what is left must do for
    /// everything else.
    /// </summary>
    private static void CheckDeadMansSwitch(
        AccountsFile accounts, Located<ExchangeConfiguration> exchange, List<ConfigurationProblem> problems)
    {
        if (exchange.Value.Futures is not { DeadMansSwitchMs: > 0 and int periodMs })
        {
            return;
        }

        int listings = exchange.Value.Listings.Count(listing => listing.Market == Market.Futures);
        foreach (var sharing in accounts.Accounts
            .Where(account => account.Value.Name.Exchange == exchange.Value.Name
                && account.Value.Markets.HasFlag(MarketFlags.Futures))
            .GroupBy(account => account.Value.Source))
        {
            long weight = FuturesConfiguration.DeadMansSwitchWeightPerMinute(sharing.Count(), listings, periodMs);
            if (weight > FuturesConfiguration.DeadMansSwitchWeightMax)
            {
                string source = sharing.Key is { } address ? $"from {address}" : "without source_ip";
                problems.Add(exchange.Problem(
                    ExchangesReader.DeadMansSwitch,
                    $"{periodMs} costs a weight of {weight} a minute for the {sharing.Count()} accounts {source} and "
                    + $"{listings} listings, and {FuturesConfiguration.DeadMansSwitchWeightMax} is the most: choose a "
                    + "longer time, or spread the accounts over source addresses"));
            }
        }
    }

    /// <summary>What accounts start with can all be one account's in the end.</summary>
    private static void CheckBalances(AccountsFile accounts, List<ConfigurationProblem> problems)
    {
        Dictionary<string, decimal> sums = [];
        foreach (Located<AccountConfiguration> account in accounts.Accounts)
        {
            foreach ((string asset, decimal amount) in account.Value.OpeningBalances)
            {
                decimal before = sums.GetValueOrDefault(asset);
                sums[asset] = before + amount;
                if (before <= BalancesSumMax && sums[asset] > BalancesSumMax)
                {
                    problems.Add(account.Problem(
                        "balances", $"of {asset} are more than {BalancesSumMax:F0} with those of the accounts before"));
                }
            }
        }
    }

    private static void CheckLimits(
        AccountsFile accounts, LimitsFile file, List<ConfigurationProblem> problems)
    {
        Located<LimitsConfiguration> limits = file.Limits;
        var names = accounts.Accounts.Select(account => account.Value.Name).ToHashSet();
        var groups = accounts.Accounts.Select(account => account.Value.OwnerGroup).ToHashSet();
        problems.AddRange(limits.Value.Accounts.Keys
            .Where(name => !names.Contains(name))
            .Select(name => limits.Problem($"'{name}' is no account of accounts.yaml")));
        problems.AddRange(file.Instruments
            .Where(instrument => !names.Contains(instrument.Value.Account))
            .Select(instrument => instrument.Problem($"'{instrument.Value.Account}' is no account of accounts.yaml")));
        problems.AddRange(limits.Value.GroupPositionValueMax.Keys
            .Where(group => !groups.Contains(group))
            .Select(group => limits.Problem($"'{group}' is no owner group of accounts.yaml")));
    }

    /// <summary>A limit of what nobody trades is a slip, and one that is finer than quantities are would be none.
    /// </summary>
    private static void CheckInstruments(
        ImmutableArray<Located<ExchangeConfiguration>> exchanges,
        ImmutableArray<Located<InstrumentLimitsConfiguration>> instruments,
        List<ConfigurationProblem> problems)
    {
        foreach (Located<InstrumentLimitsConfiguration> instrument in instruments)
        {
            InstrumentLimitsConfiguration limits = instrument.Value;
            ListingConfiguration[] listings =
            [
                .. exchanges.Where(exchange => exchange.Value.Name == limits.Account.Exchange)
                    .SelectMany(exchange => exchange.Value.Listings)
                    .Where(listing => listing.Symbol == limits.Symbol),
            ];
            if (listings.Length == 0)
            {
                problems.Add(instrument.Problem(
                    $"'{limits.Symbol}' is not listed at exchange '{limits.Account.Exchange}'"));
                continue;
            }

            int decimals = listings.Min(listing => listing.QuantityDecimals);
            CheckDecimals(LimitsReader.OrderQuantityMax, limits.OrderQuantityMax);
            CheckDecimals(LimitsReader.PositionQuantityMax, limits.PositionQuantityMax);

            void CheckDecimals(string key, decimal? quantity)
            {
                if (quantity is { } limit && decimal.Round(limit, decimals) != limit)
                {
                    problems.Add(instrument.Problem(
                        key, $"{limit} has more than the {decimals} decimals of {limits.Symbol}"));
                }
            }
        }
    }
}
