using System.CommandLine;
using Oms.Cli.KeyFiles;
using Oms.Keys;

namespace Oms.Cli.Commands;

/// <summary>
/// <c>oms keys rotate</c>: puts a new key before an old one, which stays until it is removed.
/// </summary>
internal static class RotateKeyCommand
{
    public static Command Create(DeploymentOptions deployment)
    {
        Argument<string> id = KeyArguments.KeyId();
        Option<string?> from = KeyArguments.From();
        Option<bool> json = TradingArguments.Json();
        var command = new Command(
            "rotate",
            "Puts a new key in the place of an old one. The old one stays behind it, for as long as the " +
            "exchange has not accepted the new one; then remove it.")
        {
            id, from, json,
        };
        command.SetAction(arguments =>
        {
            var work = new KeyFileWork(deployment, arguments);
            using KeyPair pair = KeyInput.Read(arguments.GetValue(from));
            ExchangeKey added = work.Change(file => file.Rotate(arguments.GetRequiredValue(id), pair));
            KeyTable.Write(arguments.GetValue(json), [added]);
            return ExitCode.Done;
        });
        return command;
    }
}
