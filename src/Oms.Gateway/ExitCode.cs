using Oms.Configuration;
using Oms.Journal;
using Oms.SharedMemory.Regions;

namespace Oms.Gateway;

/// <summary>How the gateway ends after a failure.</summary>
internal static class ExitCode
{
    /// <summary>What a failure whose message says it all ends the process with; null for any other.</summary>
    public static int? Of(Exception failure) => failure switch
    {
        ConfigurationException or InvalidDataException => ProcessExitCode.Misconfigured,
        RoleTakenException => ProcessExitCode.RoleTaken,
        IOException or LayoutMismatchException or LogDamagedException => ProcessExitCode.Failed,
        _ => null,
    };
}
