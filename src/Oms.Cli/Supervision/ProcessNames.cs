using System.Collections.Immutable;

namespace Oms.Cli.Supervision;

/// <summary>The processes of a deployment, in the order in which they start.</summary>
internal static class ProcessNames
{
    public const string Nats = "nats";
    public const string Simulator = "simulator";
    public const string FastPath = "fastpath";
    public const string Connectors = "connectors";
    public const string Silo = "silo";
    public const string Gateway = "gateway";

    public static readonly ImmutableArray<string> All =
        [Nats, Simulator, FastPath, Connectors, Silo, Gateway];

    /// <summary>The process that runs this program; empty when it is none of ours.</summary>
    public static string OfProgram(string program) => Path.GetFileName(program) switch
    {
        "nats-server" => Nats,
        "Oms.ExchangeSimulator" => Simulator,
        "Oms.FastPath" => FastPath,
        "Oms.Connectors" => Connectors,
        "Oms.Silo" => Silo,
        "Oms.Gateway" => Gateway,
        _ => "",
    };
}
