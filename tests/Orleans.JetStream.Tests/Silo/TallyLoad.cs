using System.Collections.Concurrent;
using System.Diagnostics;
using Orleans.JetStream.SiloHost;

namespace Orleans.JetStream.Tests.Silo;

/// <summary>
/// Workers who send requests to grains without pause, each again and again until it is acknowledged.
/// </summary>
internal sealed class TallyLoad : IAsyncDisposable
{
    private readonly IGrainFactory _grains;
    private readonly int _grainCount;
    private readonly CancellationTokenSource _stop = new();
    private readonly long[] _acknowledged;
    private readonly long[] _grainAnsweredAt;
    private readonly long[] _workerAnsweredAt;
    private readonly ConcurrentQueue<Exception> _failures = [];
    private readonly Task[] _workers;

    public TallyLoad(IGrainFactory grains, int grainCount, int workerCount)
    {
        _grains = grains;
        _grainCount = grainCount;
        _acknowledged = new long[grainCount];
        _grainAnsweredAt = new long[grainCount];
        _workerAnsweredAt = new long[workerCount];
        _workers = [.. Enumerable.Range(0, workerCount).Select(worker => Task.Run(() => WorkAsync(worker)))];
    }

    /// <summary>What calls failed with, in the order in which they did. Each was repeated.</summary>
    public IReadOnlyCollection<Exception> Failures => _failures;

    /// <summary>How many requests to each grain were acknowledged.</summary>
    public IReadOnlyList<long> Acknowledged => _acknowledged;

    /// <summary>
    /// Whether every grain has acknowledged, and every worker was acknowledged, a request that was begun
    /// after a moment, as Stopwatch tells it.
    /// </summary>
    public bool IsAnsweredSince(long timestamp) =>
        Array.TrueForAll(_grainAnsweredAt, begun => begun > timestamp)
        && Array.TrueForAll(_workerAnsweredAt, begun => begun > timestamp);

    /// <summary>Lets all requests come to their end.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_workers);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task WorkAsync(int worker)
    {
        for (var number = 1L; !_stop.IsCancellationRequested; number++)
        {
            for (var grain = 0; grain < _grainCount; grain++)
            {
                while (!await TrySendAsync(grain, worker, number))
                {
                }

                _ = Interlocked.Increment(ref _acknowledged[grain]);
            }
        }
    }

    private async Task<bool> TrySendAsync(int grain, int worker, long number)
    {
        var begun = Stopwatch.GetTimestamp();
        try
        {
            await _grains.GetGrain<ITallyGrain>(grain).Count(worker, number);
            Volatile.Write(ref _grainAnsweredAt[grain], begun);
            Volatile.Write(ref _workerAnsweredAt[worker], begun);
            return true;
        }
        catch (Exception failure)
        {
            _failures.Enqueue(failure);
            return false;
        }
    }
}
