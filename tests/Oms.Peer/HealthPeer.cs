using Oms.SharedMemory.Health;
using Oms.SharedMemory.Regions;

namespace Oms.Peer;

/// <summary>A process that has a role and says that it is ready, until killed.</summary>
internal static class HealthPeer
{
    public static int Hold(string dataFolder, string role)
    {
        using HealthFile health = HealthFile.Open(
            SharedRegion.ForDataFolder(dataFolder), role, "127.0.0.1:1");
        health.Say(ProcessState.Ready, "at work");
        Console.WriteLine("ready");
        while (true)
        {
            health.Beat();
            _ = Thread.Yield();
        }
    }
}
