namespace Oms.Connectors;

/// <summary>
/// What is going on and was not waited for, bounded. A failure that nobody expected ends the process: the
/// next session asks the exchange what became of everything.
/// </summary>
internal sealed class InFlightWork(TaskCompletionSource failure, CancellationToken cancellation)
{
    private readonly Bound _cancels = new(ConnectorLimits.CancelsInFlightMax);
    private readonly Bound _others = new(ConnectorLimits.InFlightMax);

    public int Count => _others.Count + _cancels.Count;

    /// <summary>
    /// Begins, up to its first wait, on the calling thread; false when too much is going on.
    /// </summary>
    public bool TryStart(Func<CancellationToken, Task> work) => TryStart(work, _others);

    /// <summary>Likewise a cancel: no order is in its way.</summary>
    public bool TryStartCancel(Func<CancellationToken, Task> work) => TryStart(work, _cancels);

    private bool TryStart(Func<CancellationToken, Task> work, Bound bound)
    {
        if (!bound.TryEnter())
        {
            return false;
        }

        _ = Observe(Counted(work, bound));
        return true;
    }

    /// <summary>Runs for as long as the process; takes no part in the bound.</summary>
    public void StartForLife(Func<CancellationToken, Task> work) => _ = Observe(work(cancellation));

    private async Task Counted(Func<CancellationToken, Task> work, Bound bound)
    {
        try
        {
            await work(cancellation);
        }
        finally
        {
            bound.Leave();
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

    /// <summary>Entered by the ring thread alone, left by any.</summary>
    private sealed class Bound(int max)
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public bool TryEnter()
        {
            if (Count >= max)
            {
                return false;
            }

            _ = Interlocked.Increment(ref _count);
            return true;
        }

        public void Leave() => Interlocked.Decrement(ref _count);
    }
}
