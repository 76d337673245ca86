using Microsoft.Extensions.Logging;
using Oms.Cli.Linux;
using Oms.Domain.Configuration;

namespace Oms.Cli.Supervision;

/// <summary>Processes that a supervisor of this data folder started, and that outlived it.</summary>
internal static class Leftovers
{
    /// <summary>Names the data folder in the environment of every process that is supervised.</summary>
    public const string Variable = "OMS_SUPERVISED_DATA_FOLDER";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Ends them. Only while holding the supervisor's lock: else they may be its children.</summary>
    public static async Task<int> EndAsync(DataFolder data, TimeProvider clock, ILogger logger)
    {
        int count = 0;
        foreach (ProcessIdentity process in ProcessTable.WithEnvironment(Variable, data.Path).ToArray())
        {
            Log.LeftoverEnded(logger, process.Pid, ProcessTable.NameOf(process.Pid));
            await Signals.EndAsync(process, Patience, clock);
            count++;
        }

        return count;
    }
}
