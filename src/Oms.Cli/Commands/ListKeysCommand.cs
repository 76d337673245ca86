using System.Collections.Immutable;
using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Oms.Cli.KeyFiles;
using Oms.Configuration;
using Oms.Domain.Configuration;
using Oms.Domain.Instruments;
using Oms.Keys;
using Oms.Keys.Files;

namespace Oms.Cli.Commands;

/// <summary><c>oms keys list</c>: shows the keys there are, but neither half of any.</summary>
internal static class ListKeysCommand
{
    public static Command Create(DeploymentOptions deployment)
    {
        Option<bool> json = TradingArguments.Json();
        var command = new Command(
            "list", "Lists the keys of the key file, or those that Vault has for the configured accounts.")
        {
            json,
        };
        command.SetAction((arguments, cancellation) =>
        {
            SystemConfiguration system = ConfigurationFolder.Load(deployment.ConfigsOf(arguments));
            DataFolder data = deployment.DataOf(arguments);
            bool asJson = arguments.GetValue(json);
            return system.Deployment.Keys.Source == KeySource.File
                ? Task.FromResult(ListFile(data, asJson))
                : ListVaultAsync(system, data, asJson, cancellation);
        });
        return command;
    }

    private static int ListFile(DataFolder data, bool asJson)
    {
        if (!File.Exists(data.ExchangeKeysFile))
        {
            throw new RefusedException($"{data.ExchangeKeysFile} does not exist; make it with: oms keys add");
        }

        using Passphrase passphrase = PassphraseInput.Read(data, isNew: false);
        ImmutableArray<ExchangeKey> keys = KeyFile.Read(data.ExchangeKeysFile, passphrase);
        KeyTable.Write(asJson, Ordered(keys));
        return ExitCode.Done;
    }

    private static async Task<int> ListVaultAsync(
        SystemConfiguration system, DataFolder data, bool asJson, CancellationToken cancellation)
    {
        using ExchangeKeys keys = await ExchangeKeys.Open(
            system.Deployment.Keys, data, system.Accounts, MarketFlags.Spot | MarketFlags.Futures,
            TimeProvider.System, NullLoggerFactory.Instance, cancellation);
        KeyTable.Write(asJson, Ordered(keys.Accounts.SelectMany(account => account.Keys)));
        string[] problems =
        [
            .. keys.Accounts.Select(account => account.Status)
                .Where(status => status.Standing != KeyStanding.Usable)
                .Select(status => status.ToString())
                .Order(StringComparer.Ordinal),
        ];
        foreach (string problem in problems)
        {
            await Console.Error.WriteLineAsync(problem);
        }

        return problems.Length == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static ExchangeKey[] Ordered(IEnumerable<ExchangeKey> keys) =>
    [
        .. keys.OrderBy(key => key.Owner.Account.ToString(), StringComparer.Ordinal)
            .ThenBy(key => key.Owner.Market)
            .ThenBy(key => key.Priority),
    ];
}
