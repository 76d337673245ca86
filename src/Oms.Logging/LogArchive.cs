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
    private readonly LogTrouble _trouble;
    private readonly BlockingCollection<string> _files = [];
    private readonly Thread _thread;

    /// <param name="role">Of the process, which nobody else logs as.</param>
    public LogArchive(
        DataFolder data, string role, LogFilesConfiguration limits, TimeProvider time, LogTrouble trouble)
    {
        (_data, _role, _limits, _time, _trouble) = (data, role, limits, time, trouble);
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
        // What was ended while it was swept is done.
        foreach (string path in _files.GetConsumingEnumerable().Where(File.Exists))
        {
            Attempt(() => CompressedFile.Compress(path));
            if (_files.Count == 0)
            {
                Attempt(RemoveOld);
            }
        }
    }

    /// <summary>A disk that is full or gone keeps nobody from anything: the next file, or start, tries again.</summary>
    private void Attempt(Action work)
    {
        try
        {
            work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _trouble.Tell(exception.Message);
        }
    }

    /// <summary>What an earlier process of this role left.</summary>
    private void Sweep()
    {
        foreach (EndedFile file in Ended())
        {
            if (!file.Path.EndsWith(CompressedFile.Extension, StringComparison.Ordinal))
            {
                Attempt(() => CompressedFile.Compress(file.Path));
            }
        }

        RemoveOld();
    }

    private void RemoveOld()
    {
        DateOnly oldest = Today.AddDays(-_limits.DaysKept);
        long bytes = 0;
        foreach (EndedFile file in Ended().OrderByDescending(each => each.Day).ThenByDescending(each => each.Number))
        {
            bytes += new FileInfo(file.Path).Length;
            if (file.Day < oldest || bytes > _limits.BytesKept)
            {
                File.Delete(file.Path);
            }
        }
    }

    /// <summary>What this process logged in files that are written no more.</summary>
    private EndedFile[] Ended() => [.. OfProcess(), .. OfAccounts()];

    private IEnumerable<EndedFile> OfProcess() =>
        Directory.Exists(_data.ProcessLogs) ? EndedIn(_data.ProcessLogs, SearchOption.TopDirectoryOnly) : [];

    /// <summary>An account's last file of a day keeps its name, and is ended by the end of the day.</summary>
    private IEnumerable<EndedFile> OfAccounts() =>
        from day in _data.LogDays()
        let folder = _data.LogsOf(day)
        let last = day < Today
            ? Directory.EnumerateFiles(folder, LogFileName.Current(_role) + "*", SearchOption.AllDirectories)
                .Where(IsLastOfDay)
                .Select(path => new EndedFile(path, day, int.MaxValue))
            : []
        from file in EndedIn(folder, SearchOption.AllDirectories).Concat(last)
        select file;

    private bool IsLastOfDay(string path) => Path.GetFileName(path) is var name
        && (name == LogFileName.Current(_role) || name == LogFileName.Current(_role) + CompressedFile.Extension);

    private IEnumerable<EndedFile> EndedIn(string folder, SearchOption depth)
    {
        foreach (string path in Directory.EnumerateFiles(folder, "*", depth))
        {
            if (LogFileName.TryParse(path, _role, out LogFileName? name))
            {
                yield return new(path, name.Value.Day, name.Value.Number);
            }
        }
    }

    /// <param name="Number">Of those of its day, in the order in which they were written.</param>
    private readonly record struct EndedFile(string Path, DateOnly Day, int Number);
}
