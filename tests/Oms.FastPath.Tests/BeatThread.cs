namespace Oms.FastPath.Tests;

/// <summary>
/// Says on a thread of its own that a process lives: a test that waits, or a busy pool, must not look like a dead peer.
/// </summary>
internal sealed class BeatThread : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;

    public BeatThread(Action beat)
    {
        _thread = new Thread(() => Run(beat))
        {
            IsBackground = true, Priority = ThreadPriority.Highest, Name = "beats",
        };
        _thread.Start();
    }

    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
    }

    private void Run(Action beat)
    {
        do
        {
            beat();
        }
        while (!_stop.Wait(Interval));
    }
}
