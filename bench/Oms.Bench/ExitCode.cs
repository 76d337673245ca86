namespace Oms.Bench;

/// <summary>What a benchmark tells the shell.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>
    /// What was measured is wrong: a checksum differs. A figure that is missed is no failure.
    /// </summary>
    public const int Wrong = 1;

    public const int WrongUsage = 2;
}
