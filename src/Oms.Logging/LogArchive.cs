using System.Collections.Concurrent;
using Oms.Domain.Configuration;

namespace Oms.Logging;

/// <summary>
/// Keeps what a process has logged: compresses files that are written no more, and removes those that are too old or
/// too many. On a thread of its own; what it leaves undone when the process dies is done at the next start.
/// </summary>
internal sealed class LogArchive : IDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(1);

    private readonly DataFolder _data;
    private readonly string _role;
    private readonly LogFilesConfiguration _limits;
    private readonly TimeProvider _time;
    private readonly BlockingCollection<string> _files = [];
    private readonly Thread _thread;

    /// <param name="role">Of the process, which nobody else logs as.</param>
    public LogArchive(DataFolder data, string role, LogFilesConfiguration limits, TimeProvider time)
    {
        (_data, _role, _limits, _time) = (data, role, limits, time);
        _thread = new(Run) { IsBackground = true, Name = "log archive" };
        _thread.Start();
    }

    private DateOnly Today => DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime);

    /// <summary>Takes over a file that is written no more.</summary>
    public void Take(string path) => _files.Add(path);

    /// <summary>Returns when all that was taken over is compressed, or the process has waited long enough for it.
    /// </summary>
    public void Dispose()
    {
        _files.CompleteAdding();
        if (_thread.Join(StopPatience))
        {
            _files.Dispose();
        }
    }

    private void Run()
    {
        Attempt(Sweep);
        foreach (string path in _files.GetConsumingEnumerable())
        {
            Attempt(() => CompressedFile.Compress(path));
            Attempt(RemoveOld);
        }
    }

    /// <summary>A disk that is full or gone keeps nobody from anything: the next file, or start, tries again.</summary>
    private static void Attempt(Action work)
    {
        try
        {
            work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Serilog.Debugging.SelfLog.WriteLine("log files: {0}", exception.Message);
        }
    }

    /// <summary>What an earlier process of this role left.</summary>
    private void Sweep()
    {
        foreach (string path in OfProcess().Concat(OfAccounts(before: Today)))
        {
            if (!path.EndsWith(CompressedFile.Extension, StringComparison.Ordinal))
            {
                Attempt(() => CompressedFile.Compress(path));
            }
        }

        RemoveOld();
    }

    private void RemoveOld()
    {
        DateOnly oldest = Today.AddDays(-_limits.DaysKept);
        long bytes = 0;
        foreach (string path in OfProcess().OrderDescending(StringComparer.Ordinal))
        {
            bytes += new FileInfo(path).Length;
            bool isOld = LogFileName.TryParse(path, _role, out LogFileName? name) && name.Value.Day < oldest;
            if (isOld || bytes > _limits.BytesKept)
            {
                File.Delete(path);
            }
        }

        foreach (string path in OfAccounts(before: oldest))
        {
            File.Delete(path);
        }
    }

    /// <summary>The files of the process that are written no more.</summary>
    private string[] OfProcess() => Directory.Exists(_data.ProcessLogs)
        ? [.. Directory.EnumerateFiles(_data.ProcessLogs).Where(path => LogFileName.TryParse(path, _role, out _))]
        : [];

    /// <summary>What this process logged of accounts on earlier days.</summary>
    private string[] OfAccounts(DateOnly before) =>
    [
        .. from day in _data.LogDays()
           where day < before
           from path in Directory.EnumerateFiles(_data.LogsOf(day), "*", SearchOption.AllDirectories)
           where IsOfRole(path)
           select path,
    ];

    private bool IsOfRole(string path)
    {
        string name = Path.GetFileName(path);
        return name == LogFileName.Current(_role)
            || name == LogFileName.Current(_role) + CompressedFile.Extension
            || LogFileName.TryParse(path, _role, out _);
    }
}
