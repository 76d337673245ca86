using Oms.Configuration;
using Oms.Domain.Configuration;
using Oms.Engine;

namespace Oms.FastPath.Definitions;

/// <summary>
/// What configuration may not say, given what the log has defined for ever. It is asked before anything is logged: a
/// definition that the engine cannot take would stop every later start as well.
/// </summary>
internal static class DefinitionRules
{
    /// <exception cref="ConfigurationException">It says so.</exception>
    public static void Check(SystemConfiguration configuration, EngineView engine, string configsFolder)
    {
        string accounts = Path.Combine(configsFolder, "accounts.yaml");
        string exchanges = Path.Combine(configsFolder, "exchanges.yaml");
        EngineCapacity capacity = engine.Capacity.GrownTo(EngineSizes.Of(configuration.Limits));
        List<ConfigurationProblem> problems = [.. ChangedKinds(configuration, engine, exchanges)];
        AddIfMore(AccountDefinitions.CountWith(configuration, engine), capacity.AccountsMax, accounts, "accounts",
            "accounts", "capacity.accounts_max");
        AddIfMore(InstrumentDefinitions.CountWith(configuration, engine), capacity.InstrumentsMax, exchanges,
            "exchanges", "listings", "capacity.instruments_max");
        AddIfMore(Definitions.AssetNames(configuration, engine).Count(), capacity.AssetsMax, exchanges, "exchanges",
            "assets", "what FastPath holds");
        if (problems.Count > 0)
        {
            throw new ConfigurationException([.. problems]);
        }

        void AddIfMore(int count, int max, string file, string key, string what, string limit)
        {
            if (count > max)
            {
                string text = $"{count} {what}, with those of earlier files that keep their numbers, are more than "
                    + $"{limit}, {max}";
                problems.Add(new(file, 0, key, text));
            }
        }
    }

    private static IEnumerable<ConfigurationProblem> ChangedKinds(
        SystemConfiguration configuration, EngineView engine, string file) =>
        from exchange in configuration.Exchanges
        where engine.Instruments.Any(instrument =>
            instrument.Exchange.ToString() == exchange.Name && instrument.IsMatchedHere != 0 != exchange.IsMatchedHere)
        let text = exchange.IsMatchedHere
            ? "orders of this exchange were sent out before: one that is matched here needs a name of its own"
            : "orders of this exchange were matched here before: one that is elsewhere needs a name of its own"
        select new ConfigurationProblem(file, 0, $"exchanges.{exchange.Name}.kind", text);
}
