using System.Globalization;
using System.Runtime.InteropServices;

namespace Oms.Journal.Snapshots;

/// <summary>The snapshots of a log, named after the last record that is in them.</summary>
public sealed class SnapshotFolder(string folder)
{
    private const string Extension = ".snapshot";

    /// <summary>The paths of all snapshots, the newest first.</summary>
    public IEnumerable<string> NewestFirst =>
        Directory.Exists(folder)
            ? Directory.GetFiles(folder, "*" + Extension).OrderDescending(StringComparer.Ordinal)
            : [];

    /// <summary>Writes a snapshot; it is there whole, and on the disk, or not at all.</summary>
    /// <param name="point">Everything before it is in the content.</param>
    /// <param name="stateHash">Of what the content describes.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="prove">
    /// Reads the content of what was written, and throws where it is not what it should be.
    /// </param>
    public void Write(
        long logId, in LogPoint point, ulong stateHash, Action<Stream> write, Action<SnapshotFile> prove)
    {
        _ = Directory.CreateDirectory(folder);
        string name = point.RecordSequence.ToString("D20", CultureInfo.InvariantCulture) + Extension;
        string path = Path.Combine(folder, name);
        string draft = path + ".draft";
        try
        {
            using (var file = new FileStream(draft, FileMode.Create, FileAccess.Write))
            {
                file.Position = SnapshotHeader.Length;
                var content = new HashingStream(file);
                write(content);
                file.Flush();
                SnapshotHeader header = new SnapshotHeader
                {
                    LogId = logId,
                    Point = point,
                    StateHash = stateHash,
                    ContentBytes = content.WrittenBytes,
                    ContentHash = content.Hash,
                }.Sealed();
                file.Position = 0;
                file.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<SnapshotHeader>(in header)));
                file.Flush(flushToDisk: true);
            }

            prove(SnapshotFile.Open(draft));
            File.Move(draft, path, overwrite: true);
            Disk.OfMachine.SyncFolder(folder);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <summary>Removes all but the newest.</summary>
    public void KeepNewest(int count)
    {
        foreach (string path in NewestFirst.Skip(count))
        {
            File.Delete(path);
        }
    }
}
