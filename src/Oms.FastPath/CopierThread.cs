using Oms.Domain.Configuration;
using Oms.Journal;
using Oms.SharedMemory.Rings;

namespace Oms.FastPath;

/// <summary>
/// The thread that brings the log to the disk. It ends with the process and with nothing less.
/// </summary>
internal sealed class CopierThread : IDisposable
{
    /// <summary>While somebody waits for each sync, it looks more often.</summary>
    private const long ParkNanosMaxOfDisk = 50_000;

    /// <summary>What the head takes meanwhile is a small part of it.</summary>
    private const long ParkNanosMaxOfMemory = 2_000_000;

    private readonly LogCopier _copier;
    private readonly long _parkNanosMax;
    private readonly int? _coreToAvoid;
    private readonly Thread _thread;
    private volatile bool _isStopping;

    private CopierThread(LogCopier copier, Durability durability, int? coreToAvoid)
    {
        _copier = copier;
        _parkNanosMax = durability == Durability.Disk ? ParkNanosMaxOfDisk : ParkNanosMaxOfMemory;
        _coreToAvoid = coreToAvoid;
        _thread = new Thread(Run) { IsBackground = true, Name = "log copier" };
    }

    /// <param name="coreToAvoid">The core that FastPath's own thread is pinned to; null for none.</param>
    public static CopierThread Start(LogCopier copier, Durability durability, int? coreToAvoid)
    {
        var thread = new CopierThread(copier, durability, coreToAvoid);
        thread._thread.Start();
        return thread;
    }

    /// <summary>Returns when the thread has let go of the copier.</summary>
    public void Dispose()
    {
        _isStopping = true;
        _thread.Join();
    }

    private void Run()
    {
        CorePinning.KeepOff(_coreToAvoid);
        var idle = new BackoffIdleStrategy(IdlePolicy.Backoff, _parkNanosMax);
        while (!_isStopping)
        {
            idle.Idle(_copier.RunOnce());
        }
    }
}
