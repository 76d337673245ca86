using System.CommandLine;
using Oms.Cli.KeyFiles;
using Oms.Keys;

namespace Oms.Cli.Commands;

/// <summary><c>oms keys remove</c>: takes a key out of the key file.</summary>
internal static class RemoveKeyCommand
{
    public static Command Create(DeploymentOptions deployment)
    {
        Argument<string> id = KeyArguments.KeyId();
        Option<bool> json = TradingArguments.Json();
        var command = new Command(
            "remove", "Removes a key from the key file. It stays valid at the exchange.")
        {
            id, json,
        };
        command.SetAction(arguments =>
        {
            ExchangeKey removed = new KeyFileWork(deployment, arguments)
                .Change(file => file.Remove(arguments.GetRequiredValue(id)));
            KeyTable.Write(arguments.GetValue(json), [removed]);
            return ExitCode.Done;
        });
        return command;
    }
}
