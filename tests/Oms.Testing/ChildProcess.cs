using System.Diagnostics;
using System.Text;

namespace Oms.Testing;

/// <summary>
/// A process that is ended by its own id, and by the kernel when the process that started it dies.
/// </summary>
/// <remarks>
/// Where util-linux is installed, <c>setpriv --pdeathsig</c> ties the child to the thread that started it;
/// hence a thread of its own that lives as long as the child.
/// </remarks>
public sealed class ChildProcess
{
    private readonly Process _process;
    private readonly StringBuilder _errorText = new();
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ChildProcess(Process process) => _process = process;

    public int Id { get; private set; }

    public bool HasExited => _exited.Task.IsCompleted;

    /// <summary>What the process has written to its standard error so far.</summary>
    public string ErrorText
    {
        get
        {
            lock (_errorText)
            {
                return _errorText.ToString();
            }
        }
    }

    public static string? FindOnPath(string executable)
    {
        var folders = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [];
        return folders.Append("/usr/sbin").Select(folder => Path.Combine(folder, executable))
            .FirstOrDefault(File.Exists);
    }

    public static async Task<ChildProcess> StartAsync(string executable, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo { RedirectStandardError = true, RedirectStandardInput = true };
        if (FindOnPath("setpriv") is { } setpriv)
        {
            start.FileName = setpriv;
            start.ArgumentList.Add("--pdeathsig");
            start.ArgumentList.Add("KILL");
            start.ArgumentList.Add(executable);
        }
        else
        {
            start.FileName = executable;
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var child = new ChildProcess(new Process { StartInfo = start });
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => child.Run(started))
        {
            IsBackground = true,
            Name = $"child {executable}",
        };
        thread.Start();
        await started.Task;
        return child;
    }

    /// <summary>Sends SIGKILL to this process alone and returns when it is gone.</summary>
    public async Task KillAsync()
    {
        if (!HasExited)
        {
            _process.Kill();
        }

        await _exited.Task;
    }

    private void Run(TaskCompletionSource started)
    {
        try
        {
            _process.ErrorDataReceived += (_, line) => Append(line.Data);
            _ = _process.Start();
            Id = _process.Id;
            _process.BeginErrorReadLine();
            started.SetResult();
        }
        catch (Exception failure)
        {
            started.SetException(failure);
            return;
        }

        _process.WaitForExit();
        _exited.SetResult();
    }

    private void Append(string? line)
    {
        lock (_errorText)
        {
            _ = _errorText.AppendLine(line);
        }
    }
}
