using System.Globalization;

namespace Oms.Cli.Linux;

/// <summary>Reads <c>/proc</c>. A process may end at any time: every answer may be that it is gone.</summary>
internal static class ProcessTable
{
    /// <summary>Null when there is no such process, or only remains that its parent has to collect.</summary>
    public static ProcessIdentity? Find(int pid)
    {
        string? stat = TryRead($"/proc/{pid}/stat");
        if (stat is null)
        {
            return null;
        }

        // The command may hold spaces and parentheses; the fields after it do not.
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        const int StateField = 0;
        const int StartTicksField = 19;
        return fields[StateField] is "Z" or "X"
            ? null
            : new ProcessIdentity(pid, long.Parse(fields[StartTicksField], CultureInfo.InvariantCulture));
    }

    public static bool IsAlive(ProcessIdentity process) => Find(process.Pid) == process;

    /// <summary>Resident memory in MiB; 0 when the process is not there.</summary>
    public static long ResidentMegabytes(int pid)
    {
        foreach (string line in (TryRead($"/proc/{pid}/status") ?? "").Split('\n'))
        {
            if (line.StartsWith("VmRSS:", StringComparison.Ordinal))
            {
                return long.Parse(line["VmRSS:".Length..].Replace("kB", "", StringComparison.Ordinal)) / 1024;
            }
        }

        return 0;
    }

    /// <summary>The program's name, for people.</summary>
    public static string NameOf(int pid) => TryRead($"/proc/{pid}/comm")?.Trim() ?? "?";

    /// <summary>The program as it was named when it was started; empty when that cannot be seen.</summary>
    public static string ProgramOf(int pid) => (TryRead($"/proc/{pid}/cmdline") ?? "").Split('\0')[0];

    /// <summary>Processes that were started with an environment variable of this value.</summary>
    public static IEnumerable<ProcessIdentity> WithEnvironment(string name, string value)
    {
        string wanted = $"{name}={value}";
        foreach (int pid in Pids())
        {
            string[] variables = (TryRead($"/proc/{pid}/environ") ?? "").Split('\0');
            if (variables.Contains(wanted) && Find(pid) is { } process)
            {
                yield return process;
            }
        }
    }

    public static IEnumerable<int> Pids()
    {
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int pid))
            {
                yield return pid;
            }
        }
    }

    private static string? TryRead(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
