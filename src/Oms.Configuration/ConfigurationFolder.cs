using System.Collections.Immutable;
using Oms.Configuration.Yaml;
using Oms.Domain.Accounts;
using Oms.Domain.Configuration;

namespace Oms.Configuration;

/// <summary>Reads <c>configs/</c> and says everything that is wrong with it at once.</summary>
public static class ConfigurationFolder
{
    /// <exception cref="ConfigurationException">Something is wrong; carries every problem.</exception>
    public static SystemConfiguration Load(string folder)
    {
        var problems = new List<ConfigurationProblem>();
        SystemConfiguration? configuration = Read(folder, problems);
        return problems.Count == 0 && configuration is not null ? configuration : throw Failure(problems);
    }

    /// <summary>Reads <c>simulator.yaml</c>, whose balances are those of configured accounts.</summary>
    /// <exception cref="ConfigurationException">Something is wrong; carries every problem.</exception>
    public static SimulatorConfiguration LoadSimulator(string folder, SystemConfiguration system)
    {
        var problems = new List<ConfigurationProblem>();
        var accounts = system.Accounts.Select(account => account.Name).ToHashSet();
        SimulatorConfiguration? simulator = ReadSimulator(folder, accounts, problems);
        return problems.Count == 0 && simulator is not null ? simulator : throw Failure(problems);
    }

    private static SystemConfiguration? Read(string folder, List<ConfigurationProblem> problems)
    {
        AccountsFile? accounts = ReadFile(folder, "accounts.yaml", problems, AccountsReader.Read);
        ExchangesFile? exchanges = ReadFile(folder, "exchanges.yaml", problems, ExchangesReader.Read);
        LimitsFile? limits = ReadFile(folder, "limits.yaml", problems, LimitsReader.Read);
        DeploymentConfiguration? deployment =
            ReadFile(folder, "deployment.yaml", problems, DeploymentReader.Read);
        ImmutableArray<StrategyConfiguration> strategies = ReadStrategies(folder, accounts, limits, problems);
        CrossFileRules.Check(accounts, exchanges, limits, problems);
        if (accounts is null || exchanges is null || limits is null || deployment is null)
        {
            return null;
        }

        return new()
        {
            Accounts = [.. accounts.Accounts.Select(account => account.Value)],
            AccountRouting = accounts.Routing,
            Exchanges = [.. exchanges.Exchanges.Select(exchange => exchange.Value)],
            Limits = limits.Limits.Value,
            Deployment = deployment,
            Strategies = strategies,
        };
    }

    /// <summary>The one file that may be missing: there are no strategies then.</summary>
    private static ImmutableArray<StrategyConfiguration> ReadStrategies(
        string folder, AccountsFile? accounts, LimitsFile? limits, List<ConfigurationProblem> problems)
    {
        string path = Path.Combine(folder, "strategies.yaml");
        if (!File.Exists(path) || YamlFile.Load(path, problems) is not { } root)
        {
            return [];
        }

        ImmutableArray<StrategyConfiguration> strategies = StrategiesReader.Read(root, accounts);
        root.ReportUnknownKeys();
        if (limits is { Limits.Value.StrategiesMax: var strategiesMax } && strategies.Length > strategiesMax)
        {
            problems.Add(new(
                path, 0, "strategies",
                $"{strategies.Length} strategies are more than capacity.producers_max has room for, {strategiesMax}"));
        }

        return strategies;
    }

    private static SimulatorConfiguration? ReadSimulator(
        string folder, HashSet<AccountName> accounts, List<ConfigurationProblem> problems) =>
        ReadFile(folder, "simulator.yaml", problems, root => SimulatorReader.Read(root, accounts));

    private static T? ReadFile<T>(
        string folder, string name, List<ConfigurationProblem> problems, Func<Section, T> read)
        where T : class
    {
        Section? root = YamlFile.Load(Path.Combine(folder, name), problems);
        if (root is null)
        {
            return null;
        }

        T result = read(root);
        root.ReportUnknownKeys();
        return result;
    }

    private static ConfigurationException Failure(List<ConfigurationProblem> problems) =>
        new([
            .. problems.Distinct()
                .OrderBy(problem => problem.File, StringComparer.Ordinal)
                .ThenBy(problem => problem.Line),
        ]);
}
