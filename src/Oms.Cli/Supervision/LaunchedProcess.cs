using System.Diagnostics;
using Oms.Cli.Linux;

namespace Oms.Cli.Supervision;

/// <summary>A process that was started, until its end is known.</summary>
internal sealed class LaunchedProcess(
    Process process, ProcessIdentity identity, Task output, TimeProvider clock) : IAsyncDisposable
{
    private const int SignalExitCodeBase = 128;
    private static readonly TimeSpan OutputPatience = TimeSpan.FromSeconds(1);

    public ProcessIdentity Identity => identity;

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    /// <summary>How it ended, in words.</summary>
    public string Ending => process.ExitCode > SignalExitCodeBase
        ? $"killed by signal {process.ExitCode - SignalExitCodeBase}"
        : $"exit code {process.ExitCode}";

    public Task WaitForExitAsync(CancellationToken cancellation) => process.WaitForExitAsync(cancellation);

    /// <summary>False when it still runs after this time.</summary>
    public async Task<bool> HasExitedWithinAsync(TimeSpan patience)
    {
        using var deadline = new CancellationTokenSource(patience, clock);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // What it printed last is worth a moment; a descriptor that somebody else still holds is not.
        await output.WaitAsync(OutputPatience, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        process.Dispose();
    }
}
