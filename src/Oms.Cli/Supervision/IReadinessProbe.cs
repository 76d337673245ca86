namespace Oms.Cli.Supervision;

/// <summary>Asks a process how it is: over HTTP, or by its health file.</summary>
internal interface IReadinessProbe
{
    /// <summary>Answers in bounded time and never throws for what the process does.</summary>
    /// <param name="pid">The process that must answer; another one's answer does not count.</param>
    Task<ProbeAnswer> AskAsync(int pid, CancellationToken cancellation);
}
