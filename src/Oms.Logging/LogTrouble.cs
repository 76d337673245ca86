namespace Oms.Logging;

/// <summary>
/// Says that log files cannot be written, where that may still be read. Once a minute at most: who logs may be many.
/// </summary>
internal sealed class LogTrouble(TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private long _toldTimestamp;
    private long _count;

    public void Tell(string why)
    {
        lock (_gate)
        {
            _count++;
            if (_toldTimestamp != 0 && time.GetElapsedTime(_toldTimestamp) < Interval)
            {
                return;
            }

            _toldTimestamp = time.GetTimestamp();
            try
            {
                Console.Error.WriteLine($"log files: {why} ({_count} times since it was said last)");
                _count = 0;
            }
            catch (IOException)
            {
                // Nobody hears it: the same disk, or a reader that is gone. Nothing is held up for it.
            }
        }
    }
}
