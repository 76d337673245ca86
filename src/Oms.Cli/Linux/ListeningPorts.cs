using System.Globalization;

namespace Oms.Cli.Linux;

/// <summary>Who listens on a TCP port, as far as <c>/proc</c> shows it to this user.</summary>
internal static class ListeningPorts
{
    private const string Listening = "0A";

    public static int? OwnerOf(int port)
    {
        HashSet<string> sockets = [.. SocketsOf("/proc/net/tcp", port), .. SocketsOf("/proc/net/tcp6", port)];
        foreach (int pid in sockets.Count == 0 ? [] : ProcessTable.Pids())
        {
            if (DescriptorsOf(pid).Any(sockets.Contains))
            {
                return pid;
            }
        }

        return null;
    }

    private static IEnumerable<string> SocketsOf(string table, int port)
    {
        string suffix = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        foreach (string line in File.Exists(table) ? File.ReadLines(table).Skip(1) : [])
        {
            // sl local_address rem_address st tx:rx tr:tm retrnsmt uid timeout inode
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length > 9
                && fields[1].EndsWith(suffix, StringComparison.Ordinal) && fields[3] == Listening)
            {
                yield return $"socket:[{fields[9]}]";
            }
        }
    }

    private static List<string> DescriptorsOf(int pid)
    {
        var targets = new List<string>();
        try
        {
            foreach (string link in Directory.EnumerateFiles($"/proc/{pid}/fd"))
            {
                if (new FileInfo(link).LinkTarget is { } target)
                {
                    targets.Add(target);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile, or it is another user's: then it stays unnamed.
        }

        return targets;
    }
}
