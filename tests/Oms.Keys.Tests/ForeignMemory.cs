using System.Globalization;

namespace Oms.Keys.Tests;

/// <summary>All writable memory of another process, searched for what should not be there.</summary>
internal static class ForeignMemory
{
    private const int BlockLength = 1 << 20;

    /// <summary>
    /// Every place where the bytes stand: the flags of its mapping, and whether it is a stack.
    /// </summary>
    public static List<Place> Find(int pid, ReadOnlySpan<byte> bytes)
    {
        var places = new List<Place>();
        using var memory = new FileStream(
            $"/proc/{pid}/mem", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        foreach ((long start, long end, string name, string flags) in Mappings(pid))
        {
            Find(memory, start, end, bytes, address => places.Add(new(address, name, flags)));
        }

        return places;
    }

    /// <summary>Bytes of the mappings that are locked and left out of core dumps.</summary>
    public static long LockedBytes(int pid) =>
        Mappings(pid)
            .Where(mapping => Place.IsLocked(mapping.Flags))
            .Sum(mapping => mapping.End - mapping.Start);

    private static void Find(
        FileStream memory, long start, long end, ReadOnlySpan<byte> bytes, Action<long> found)
    {
        byte[] block = new byte[BlockLength + bytes.Length];
        for (long at = start; at < end; at += BlockLength)
        {
            int wanted = (int)Math.Min(block.Length, end - at);
            int length;
            try
            {
                length = RandomAccess.Read(memory.SafeFileHandle, block.AsSpan(0, wanted), at);
            }
            catch (IOException)
            {
                // A mapping that cannot be read, for example beyond the end of its file, or gone meanwhile.
                return;
            }

            ReadOnlySpan<byte> rest = block.AsSpan(0, length);
            for (int index = rest.IndexOf(bytes); index >= 0; index = rest.IndexOf(bytes))
            {
                found(at + (length - rest.Length) + index);
                rest = rest[(index + 1)..];
            }
        }
    }

    /// <summary>
    /// From <c>smaps</c>: a line of addresses, then lines of attributes, the last one VmFlags.
    /// </summary>
    private static IEnumerable<(long Start, long End, string Name, string Flags)> Mappings(int pid)
    {
        string[] head = [];
        foreach (string line in File.ReadAllLines($"/proc/{pid}/smaps"))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length >= 5 && words[0].Contains('-'))
            {
                head = words;
            }
            else if (words[0] == "VmFlags:" && head[1].StartsWith("rw", StringComparison.Ordinal))
            {
                string[] range = head[0].Split('-');
                yield return (
                    long.Parse(range[0], NumberStyles.HexNumber),
                    long.Parse(range[1], NumberStyles.HexNumber),
                    head.Length > 5 ? head[5] : "", string.Join(' ', words[1..]));
            }
        }
    }

    /// <summary>Where something was found.</summary>
    internal sealed record Place(long Address, string Name, string Flags)
    {
        /// <summary>Locked in memory, and left out of core dumps.</summary>
        public bool IsSafe => IsLocked(Flags);

        public static bool IsLocked(string flags) => flags.Split(' ') is var set
            && set.Contains("lo") && set.Contains("dd");
    }
}
