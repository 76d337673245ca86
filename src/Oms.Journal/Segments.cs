using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Oms.Domain;

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

    /// <summary>Goes on with the last segment; there is one.</summary>
    public static SegmentFile OpenLast(Disk disk, string folder)
    {
        string path = In(folder)[^1];
        Invariant.Holds(TryReadHeader(path, out SegmentHeader header));
        return SegmentFile.Open(disk, path, in header);
    }

    public static FileStream OpenForReading(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    /// <summary>The header of a segment; false while its writer is still making it.</summary>
    /// <exception cref="LogDamagedException">The header is not one of this layout.</exception>
    public static bool TryReadHeader(string path, out SegmentHeader header)
    {
        using FileStream stream = OpenForReading(path);
        return TryReadHeader(path, stream.SafeFileHandle, out header);
    }

    /// <inheritdoc cref="TryReadHeader(string, out SegmentHeader)"/>
    public static bool TryReadHeader(string path, SafeFileHandle file, out SegmentHeader header)
    {
        Span<byte> bytes = stackalloc byte[SegmentHeader.Length];
        int length = RandomAccess.Read(file, bytes, 0);
        header = MemoryMarshal.Read<SegmentHeader>(bytes);
        if (length < SegmentHeader.Length || !bytes.ContainsAnyExcept((byte)0))
        {
            // Machines that die leave the length and no bytes.
            return false;
        }

        if (header.Magic != SegmentHeader.MagicValue)
        {
            throw new LogDamagedException(path, 0, "no log segment of this version starts here");
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

        return true;
    }

    private static string NameOf(long firstRecordSequence) =>
        firstRecordSequence.ToString("D20", CultureInfo.InvariantCulture) + ".log";
}
