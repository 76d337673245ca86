using System.CommandLine;
using Oms.Domain.Configuration;

namespace Oms.Cli.Commands;

/// <summary>Which deployment a command is about. Both options may stand behind any command.</summary>
internal sealed class DeploymentOptions
{
    /// <summary>The repository's root, which the script <c>oms</c> sets.</summary>
    private const string HomeVariable = "OMS_HOME";

    public Option<string> Configs { get; } =
        Folder("--configs", "configs", "Folder of the configuration files.");

    public Option<string> Data { get; } = Folder("--data", "data", "Folder of everything that is kept.");

    public string ConfigsOf(ParseResult arguments) => Path.GetFullPath(arguments.GetRequiredValue(Configs));

    public DataFolder DataOf(ParseResult arguments) =>
        new(Path.TrimEndingDirectorySeparator(arguments.GetRequiredValue(Data)));

    private static Option<string> Folder(string name, string folder, string description) => new(name)
    {
        Description = description,
        HelpName = "DIR",
        Recursive = true,
        DefaultValueFactory = _ => Path.Combine(
            Environment.GetEnvironmentVariable(HomeVariable) ?? Environment.CurrentDirectory, folder),
    };
}
