using Oms.Configuration;
using Oms.Domain;
using Oms.SharedMemory.Regions;

namespace Oms.FastPath;

/// <summary>How FastPath ends after a failure.</summary>
internal static class ExitCode
{
    /// <summary>Null for what nobody foresaw: the runtime reports it with its stack.</summary>
    public static int? Of(Exception problem) => problem switch
    {
        ConfigurationException => ProcessExitCode.Misconfigured,
        RoleTakenException => ProcessExitCode.RoleTaken,
        LayoutMismatchException or InvariantBrokenException => ProcessExitCode.Failed,
        IOException or InvalidDataException or UnauthorizedAccessException => ProcessExitCode.Failed,
        _ => null,
    };
}
