using System.Diagnostics;

namespace Oms.Peer;

/// <summary>This program started as another process, to be killed at any moment.</summary>
public sealed class PeerProcess : IDisposable
{
    private readonly Process _process;

    private PeerProcess(Process process) => _process = process;

    public int Pid => _process.Id;

    /// <summary>It ended by itself: it saw what must not be.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Starts a peer and returns when it says that it is at work.</summary>
    public static PeerProcess Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Oms.Peer"), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var peer = new PeerProcess(
            Process.Start(start) ?? throw new InvalidOperationException("no peer was started"));
        string line = peer.ReadLine();
        if (line != "ready")
        {
            peer.Dispose();
            throw new InvalidOperationException($"the peer said '{line}'");
        }

        return peer;
    }

    /// <summary>The next line that the peer prints; empty when it ended without one.</summary>
    public string ReadLine() => _process.StandardOutput.ReadLine() ?? "";

    /// <summary>Lets a peer go on that reads a line.</summary>
    public void WriteLine(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    /// <summary>Waits until the peer ends by itself.</summary>
    public int WaitForExit()
    {
        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <summary>Kills the peer with signal 9, wherever it is.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }
}
