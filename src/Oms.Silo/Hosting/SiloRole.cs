using System.Globalization;
using Oms.SharedMemory.Health;
using Oms.SharedMemory.Regions;

namespace Oms.Silo.Hosting;

/// <summary>The part that this process plays in its deployment.</summary>
internal sealed class SiloRole : IDisposable
{
    public const string First = "silo";

    /// <summary>Silos of one host that joined the first.</summary>
    public const int JoinedMax = 16;

    private SiloRole(string name, int number, HealthFile health)
    {
        Name = name;
        Number = number;
        Health = health;
    }

    /// <summary><c>silo</c>, or <c>silo-N</c> of one that joined.</summary>
    public string Name { get; }

    /// <summary>0 of the first, N of <c>silo-N</c>.</summary>
    public int Number { get; }

    public HealthFile Health { get; }

    /// <summary>The first silo's role, or one that is free where this process joins.</summary>
    /// <exception cref="RoleTakenException">Other live processes play it, or all of them.</exception>
    public static SiloRole Take(SharedRegion region, bool isJoining)
    {
        if (!isJoining)
        {
            return new(First, 0, HealthFile.Open(region, First, ""));
        }

        for (int number = 1; ; number++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{First}-{number}");
            try
            {
                return new(name, number, HealthFile.Open(region, name, ""));
            }
            catch (RoleTakenException) when (number < JoinedMax)
            {
                // The next may be free.
            }
        }
    }

    public void Dispose() => Health.Dispose();
}
