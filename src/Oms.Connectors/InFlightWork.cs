namespace Oms.Connectors;

/// <summary>
/// What is going on and was not waited for, bounded. A failure that nobody expected ends the process: the
/// next session asks the exchange what became of everything.
/// </summary>
internal sealed class InFlightWork(TaskCompletionSource failure, CancellationToken cancellation)
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>
    /// Begins, up to its first wait, on the calling thread; false when too much is going on.
    /// </summary>
    public bool TryStart(Func<CancellationToken, Task> work)
    {
        if (Volatile.Read(ref _count) >= ConnectorLimits.InFlightMax)
        {
            return false;
        }

        _ = Interlocked.Increment(ref _count);
        _ = Observe(Counted(work));
        return true;
    }

    /// <summary>Runs for as long as the process; takes no part in the bound.</summary>
    public void StartForLife(Func<CancellationToken, Task> work) => _ = Observe(work(cancellation));

    private async Task Counted(Func<CancellationToken, Task> work)
    {
        try
        {
            await work(cancellation);
        }
        finally
        {
            _ = Interlocked.Decrement(ref _count);
        }
    }

    private async Task Observe(Task work)
    {
        try
        {
            await work;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The process ends.
        }
#pragma warning disable CA1031 // The top of all work beside the ring thread: the process says so and ends.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _ = failure.TrySetException(exception);
        }
    }
}
