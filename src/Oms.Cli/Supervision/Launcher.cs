using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using Oms.Cli.Linux;
using Oms.Domain.Configuration;

namespace Oms.Cli.Supervision;

/// <summary>
/// Starts processes that die with this one, however it dies: the kernel sends SIGKILL when the thread ends
/// that started them. So one thread starts them all, and lives as long as the launcher:
/// <code>
/// launcher thread ── fork ──► setsid: no Ctrl-C of the terminal reaches it
///                               └ exec ► setpriv: SIGKILL at the death of its parent thread
///                                          └ exec ► the program, with the same pid
/// </code>
/// A launcher that dies between fork and setpriv leaves a child; <see cref="Leftovers"/> finds it.
/// </summary>
internal sealed class Launcher : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];
    private readonly DataFolder _data;
    private readonly TimeProvider _clock;
    private readonly string _setsid = Find("setsid");
    private readonly string _setpriv = Find("setpriv");

    /// <exception cref="RefusedException">The tools of util-linux are missing.</exception>
    public Launcher(DataFolder data, TimeProvider clock)
    {
        _data = data;
        _clock = clock;
        new Thread(Run) { Name = "launcher", IsBackground = true }.Start();
    }

    /// <exception cref="RefusedException">The program cannot be started.</exception>
    public Task<LaunchedProcess> LaunchAsync(ProcessDefinition definition)
    {
        var launched =
            new TaskCompletionSource<LaunchedProcess>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            try
            {
                launched.SetResult(Launch(definition));
            }
            catch (Exception exception)
                when (exception is Win32Exception or IOException or UnauthorizedAccessException)
            {
                launched.SetException(new RefusedException(
                    $"{definition.Name} cannot be started: {exception.Message}"));
            }
        });
        return launched.Task;
    }

    /// <summary>Ends the thread, and with it whatever it started and still runs.</summary>
    public void Dispose() => _work.CompleteAdding();

    private static string Find(string tool) => SearchPath.OfUser.Find(tool) ?? throw new RefusedException(
        $"{tool} is missing. It is part of util-linux; type: apt-get install --yes util-linux");

    private void Run()
    {
        foreach (Action action in _work.GetConsumingEnumerable())
        {
            action();
        }

        _work.Dispose();
    }

    private LaunchedProcess Launch(ProcessDefinition definition)
    {
        var start = new ProcessStartInfo(
            _setsid, [_setpriv, "--pdeathsig", "KILL", "--", definition.Program, .. definition.Arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _data.Path,
        };
        start.Environment[Leftovers.Variable] = _data.Path;
        Process process = Process.Start(start) ?? throw new IOException("no process was made");
        process.StandardInput.Close();
        Task output = OutputFile.CopyAsync(
            OutputFile.PathOf(_data, definition.Name),
            _clock.GetUtcNow(),
            process.Id,
            process.StandardOutput.BaseStream,
            process.StandardError.BaseStream);

        // A process that has already ended has no start time; it has then never been anybody else's pid.
        return new(process, ProcessTable.Find(process.Id) ?? new(process.Id, 0), output, _clock);
    }
}
