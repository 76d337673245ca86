using System.Runtime;
using Oms.Configuration;
using Oms.Domain.Configuration;
using Oms.FastPath.Definitions;
using Oms.FastPath.Warming;
using Oms.SharedMemory.Health;
using Oms.SharedMemory.Regions;

namespace Oms.FastPath;

/// <summary>
/// <c>Oms.FastPath</c>: rings → log → engine → events, requests and tables. Start-up and recovery are this
/// one path.
/// </summary>
internal static class FastPathRun
{
    public static int Run(ProcessArguments arguments)
    {
        SystemConfiguration configuration = ConfigurationFolder.Load(arguments.ConfigsFolder);
        DeploymentConfiguration deployment = configuration.Deployment;
        var data = new DataFolder(arguments.DataFolder);
        var region = SharedRegion.ForDataFolder(data.Path);
        using HealthFile health = HealthFile.Open(region, "fastpath", "");
        if (deployment.LockMemory && !MemoryLock.TryLock(out string problem))
        {
            Console.Error.WriteLine(problem);
        }

        // Before the core is taken: the compiler's own threads stay off it.
        WarmUp.Run(configuration, region, deployment.WarmUp, health);
        CorePinning.PinTo(deployment.FastPathCore, arguments.ConfigsFolder);

        using FastPathParts parts = FastPathParts.Open(
            configuration, data, region, health, FastPathSurroundings.OfMachine(deployment.Log));
        DefinitionRules.Check(configuration, parts.Replay.Engine.View, arguments.ConfigsFolder);
        using CopierThread copierThread = CopierThread.Start(
            parts.Copier, deployment.Log.Durability, deployment.FastPathCore);
        parts.Start(configuration);
        LeaveNothingToCollect();
        parts.DutyCycle.RunForever(deployment.IdlePolicy);
        return ProcessExitCode.Failed;
    }

    /// <summary>What a start needed is gone before the first order: from here on nothing is allocated.</summary>
    private static void LeaveNothingToCollect()
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
