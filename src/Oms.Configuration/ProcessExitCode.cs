namespace Oms.Configuration;

/// <summary>What the end of a process tells its supervisor.</summary>
public static class ProcessExitCode
{
    public const int Done = 0;
    public const int Failed = 1;

    /// <summary>Wrong arguments or configuration: starting again does not help.</summary>
    public const int Misconfigured = 2;

    /// <summary>Another live process plays this part in the deployment.</summary>
    public const int RoleTaken = 3;
}
