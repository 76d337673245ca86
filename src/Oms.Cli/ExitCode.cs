namespace Oms.Cli;

/// <summary>What <c>oms</c> tells the shell.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Refused or failed; the message is on standard error.</summary>
    public const int Failed = 1;

    public const int WrongUsage = 2;
}
