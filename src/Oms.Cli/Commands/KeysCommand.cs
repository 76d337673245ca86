using System.CommandLine;

namespace Oms.Cli.Commands;

/// <summary><c>oms keys</c>: the keys with which accounts trade at exchanges.</summary>
internal static class KeysCommand
{
    public static Command Create(DeploymentOptions deployment) => new("keys", "Keeps the exchange keys.")
    {
        AddKeyCommand.Create(deployment),
        ListKeysCommand.Create(deployment),
        RotateKeyCommand.Create(deployment),
        RemoveKeyCommand.Create(deployment),
    };
}
