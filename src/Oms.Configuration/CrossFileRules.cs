using System.Collections.Immutable;
using Oms.Domain.Configuration;

namespace Oms.Configuration;

/// <summary>What must hold between files. A file that could not be read is left out.</summary>
internal static class CrossFileRules
{
    public static void Check(
        AccountsFile? accounts,
        ExchangesFile? exchanges,
        Located<LimitsConfiguration>? limits,
        List<ConfigurationProblem> problems)
    {
        if (accounts is not null && exchanges is { Exchanges.IsEmpty: false })
        {
            CheckExchanges(accounts, exchanges.Exchanges, problems);
        }

        if (accounts is not null && limits is { Value.AccountsMax: > 0 and int accountsMax }
            && accounts.Accounts.Length > accountsMax)
        {
            problems.Add(accounts.Accounts[accountsMax].Problem(
                $"{accounts.Accounts.Length} accounts are more than capacity.accounts_max, {accountsMax}"));
        }

        int listings = exchanges?.Exchanges.Sum(exchange => exchange.Value.Listings.Length) ?? 0;
        if (exchanges is not null && limits is { Value.InstrumentsMax: > 0 and int instrumentsMax }
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
        var names = exchanges.Select(exchange => exchange.Value.Name).ToHashSet();
        foreach (Located<AccountConfiguration> account in accounts.Accounts)
        {
            if (!names.Contains(account.Value.Name.Exchange))
            {
                string exchange = account.Value.Name.Exchange;
                problems.Add(account.Problem($"exchange '{exchange}' is not in exchanges.yaml"));
            }
        }
    }
}
