using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Oms.Journal;

/// <summary>The segment files of a log folder, named after their first record.</summary>
internal static class Segments
{
    public static string PathOf(string folder, long firstRecordSequence) =>
        Path.Combine(folder, NameOf(firstRecordSequence));

    public static bool StartsWith(string path, long recordSequence) =>
        Path.GetFileName(path) == NameOf(recordSequence);

    /// <summary>In the order of their records; empty when there is no log yet.</summary>
    public static ImmutableArray<string> In(string folder) =>
        Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*.log").Order(StringComparer.Ordinal)]
            : [];

    /// <exception cref="LogDamagedException">The header is not one of this layout.</exception>
    public static SegmentHeader ReadHeader(string path, FileStream stream)
    {
        Span<byte> bytes = stackalloc byte[SegmentHeader.Length];
        int length = RandomAccess.Read(stream.SafeFileHandle, bytes, 0);
        SegmentHeader header = MemoryMarshal.Read<SegmentHeader>(bytes);
        if (length < SegmentHeader.Length || header.Magic != SegmentHeader.MagicValue)
        {
            throw new LogDamagedException(path, 0, "no log segment starts here");
        }

        if (!header.IsIntact() || !StartsWith(path, header.FirstRecordSequence))
        {
            throw new LogDamagedException(path, 0, "the segment's header is damaged or of another segment");
        }

        if (!header.Matches())
        {
            throw new LogDamagedException(
                path,
                0,
                $"written with layout {header.LayoutVersion}/{header.LayoutHash:x16}, not with this one");
        }

        return header;
    }

    private static string NameOf(long firstRecordSequence) =>
        firstRecordSequence.ToString("D20", CultureInfo.InvariantCulture) + ".log";
}
