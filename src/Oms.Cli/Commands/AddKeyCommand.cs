using System.CommandLine;
using Oms.Cli.KeyFiles;
using Oms.Keys;
using Oms.Keys.Files;

namespace Oms.Cli.Commands;

/// <summary><c>oms keys add</c>: gives an account a key.</summary>
internal static class AddKeyCommand
{
    public static Command Create(DeploymentOptions deployment)
    {
        Argument<string> account = TradingArguments.Account();
        Argument<string> market = KeyArguments.Market();
        Option<string?> from = KeyArguments.From();
        var priority = new Option<int?>("--priority")
        {
            Description = "1 for the key to be used first; others move back. Default: behind the others.",
            HelpName = "N",
        };
        priority.Validators.Add(result =>
        {
            if (result.Errors.Any()
                || result.GetValueOrDefault<int?>() is < 1 or > KeyFileChange.KeysPerOwnerMax)
            {
                result.AddError($"--priority: is no number from 1 to {KeyFileChange.KeysPerOwnerMax}");
            }
        });
        Option<bool> json = TradingArguments.Json();
        var command = new Command("add", "Adds a key to the key file, and makes the file if there is none.")
        {
            account, market, from, priority, json,
        };
        command.SetAction(arguments =>
        {
            var work = new KeyFileWork(deployment, arguments);
            KeyOwner owner = work.OwnerOf(
                arguments.GetRequiredValue(account), arguments.GetRequiredValue(market));
            using KeyPair pair = KeyInput.Read(arguments.GetValue(from));
            ExchangeKey added = work.Change(file => file.Add(owner, pair, arguments.GetValue(priority)));
            KeyTable.Write(arguments.GetValue(json), [added]);
            return ExitCode.Done;
        });
        return command;
    }
}
