using System.Globalization;
using Oms.Cli.Linux;
using Oms.Domain.Configuration;

namespace Oms.Cli.Supervision;

/// <summary>
/// At most one supervisor per data folder. A file lock: the kernel drops it at its death. In the file the
/// supervisor says who it is: <c>pid start-ticks</c>.
/// </summary>
internal sealed class SupervisorLock : IDisposable
{
    private readonly FileStream _file;

    private SupervisorLock(FileStream file) => _file = file;

    /// <summary>Null while another process holds it.</summary>
    public static SupervisorLock? TryTake(DataFolder data)
    {
        string path = PathIn(data);
        try
        {
            return new(new FileStream(
                path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    /// <summary>
    /// The supervisor that runs: who wrote itself into the lock file and lives, else who did into the state
    /// file. Null when neither does.
    /// </summary>
    public static ProcessIdentity? RunningSupervisor(DataFolder data)
    {
        ProcessIdentity?[] said = [WrittenIn(data), new StateFile(data).Read()?.Identity()];
        return said.FirstOrDefault(process => process is { } known && ProcessTable.IsAlive(known));
    }

    /// <summary>Only a supervisor says this; who takes the lock to look does not.</summary>
    public void Write(ProcessIdentity supervisor)
    {
        _file.SetLength(0);
        _file.Write(System.Text.Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{supervisor.Pid} {supervisor.StartTicks}\n")));
    }

    public void Dispose() => _file.Dispose();

    private static string PathIn(DataFolder data) => Path.Combine(data.Run, "supervisor.lock");

    private static ProcessIdentity? WrittenIn(DataFolder data)
    {
        string[] words = (LockedFile.TryRead(PathIn(data)) ?? "").TrimEnd().Split(' ');
        return words.Length == 2
            && int.TryParse(words[0], CultureInfo.InvariantCulture, out int pid)
            && long.TryParse(words[1], CultureInfo.InvariantCulture, out long startTicks)
            ? new(pid, startTicks)
            : null;
    }
}
