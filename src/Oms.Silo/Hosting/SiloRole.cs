using Oms.SharedMemory.Health;
using Oms.SharedMemory.Regions;

namespace Oms.Silo.Hosting;

/// <summary>The part that this process plays in its deployment.</summary>
internal static class SiloRole
{
    public const string Name = "silo";

    /// <exception cref="RoleTakenException">Another live process plays it.</exception>
    public static HealthFile Take(SharedRegion region) => HealthFile.Open(region, Name, "");
}
