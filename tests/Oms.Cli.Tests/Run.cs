namespace Oms.Cli.Tests;

/// <summary>What a command printed, and its exit code.</summary>
internal sealed record Run(int ExitCode, string Output, string Errors)
{
    public override string ToString() => $"exit code {ExitCode}\n{Output}\n{Errors}";
}
