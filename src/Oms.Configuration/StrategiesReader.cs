using System.Collections.Frozen;
using System.Collections.Immutable;
using Oms.Configuration.Yaml;
using Oms.Domain.Accounts;
using Oms.Domain.Configuration;
using Oms.Domain.Instruments;

namespace Oms.Configuration;

/// <summary>Reads <c>strategies.yaml</c>, where there is one.</summary>
internal static class StrategiesReader
{
    private const decimal ParameterMax = 1_000_000_000m;

    public static ImmutableArray<StrategyConfiguration> Read(Section root, AccountsFile? accounts) =>
        root.ChildIfSet("strategies") is not { } strategies
            ? []
            : [.. strategies.Children().Select(section => ReadStrategy(section, accounts))];

    private static StrategyConfiguration ReadStrategy(Section section, AccountsFile? accounts)
    {
        string exchange = section.Text("exchange");
        AccountChoice choice = section.Choice(
            "choose_account_by",
            ("strategy", AccountChoice.Strategy),
            ("balance", AccountChoice.Balance),
            ("request_budget", AccountChoice.RequestBudget),
            ("rotation", AccountChoice.Rotation));
        return new()
        {
            Name = section.Name,
            Kind = section.Text("kind"),
            IsEnabled = section.Flag("enabled"),
            Exchange = exchange,
            Market = section.Choice("market", ("spot", Market.Spot), ("futures", Market.Futures)),
            Symbol = section.Text("symbol"),
            Choice = choice,
            Accounts = ReadAccounts(section, exchange, choice, accounts),
            Parameters = ReadParameters(section.ChildIfSet("parameters")),
        };
    }

    private static ImmutableArray<AccountName> ReadAccounts(
        Section section, string exchange, AccountChoice choice, AccountsFile? accounts)
    {
        string? named = section.TextIfSet("accounts");
        if (choice == AccountChoice.Strategy)
        {
            if (named is not null)
            {
                section.Problem("accounts", "account_routing names the account of a strategy");
            }

            return accounts is null
                ? []
                :
                [
                    new(
                        exchange,
                        accounts.Routing.Strategies.GetValueOrDefault(section.Name, accounts.Routing.Default)),
                ];
        }

        ImmutableArray<AccountName> chosen =
        [
            .. (named ?? "")
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(account => new AccountName(exchange, account)),
        ];
        if (chosen.IsEmpty)
        {
            section.Problem("accounts", "is missing: names of accounts with spaces between");
        }

        foreach (AccountName account in chosen)
        {
            if (accounts?.Accounts.Any(known => known.Value.Name == account) == false)
            {
                section.Problem("accounts", $"{account} is no account of accounts.yaml");
            }
        }

        return chosen;
    }

    private static FrozenDictionary<string, decimal> ReadParameters(Section? section) => section is null
        ? FrozenDictionary<string, decimal>.Empty
        : section.Keys().ToFrozenDictionary(
            key => key, key => section.Number(key, -ParameterMax, ParameterMax));
}
