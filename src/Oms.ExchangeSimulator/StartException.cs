namespace Oms.ExchangeSimulator;

/// <summary>The simulator cannot start; the message says which option, file or field to mend.</summary>
internal sealed class StartException(string message, int exitCode) : Exception(message)
{
    public const int Failed = 1;
    public const int WrongUsage = 2;

    public int ExitCode { get; } = exitCode;
}
