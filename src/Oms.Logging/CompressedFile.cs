using System.IO.Compression;

namespace Oms.Logging;

/// <summary>A file of text that is written no more, as <c>name.gz</c> (RFC 1952) in place of <c>name</c>.</summary>
public static class CompressedFile
{
    public const string Extension = ".gz";

    private const string Unfinished = ".part";

    /// <summary>
    /// Puts the compressed file in the place of a plain one. Where the machine dies in between, the plain one is still
    /// there, or both are, and the plain one counts.
    /// </summary>
    /// <exception cref="IOException">The disk does not take it; the file is as it was.</exception>
    public static void Compress(string path)
    {
        using (FileStream from = File.OpenRead(path))
        using (FileStream to = Create(path + Extension + Unfinished, File.GetUnixFileMode(path)))
        {
            using (var packed = new GZipStream(to, CompressionLevel.Optimal, leaveOpen: true))
            {
                from.CopyTo(packed);
            }

            to.Flush(flushToDisk: true);
        }

        File.Move(path + Extension + Unfinished, path + Extension, overwrite: true);
        File.Delete(path);
    }

    /// <summary>Puts the plain file back, to be written again; nothing where it is not compressed.</summary>
    /// <exception cref="IOException">The disk does not take it; the file is as it was.</exception>
    /// <exception cref="InvalidDataException">The compressed file is damaged.</exception>
    public static void Expand(string path)
    {
        if (File.Exists(path) || !File.Exists(path + Extension))
        {
            return;
        }

        using (Stream from = OpenRead(path))
        using (FileStream to = Create(path + Unfinished, File.GetUnixFileMode(path + Extension)))
        {
            from.CopyTo(to);
            to.Flush(flushToDisk: true);
        }

        File.Move(path + Unfinished, path);
        File.Delete(path + Extension);
    }

    /// <summary>What the file holds, compressed or not.</summary>
    /// <exception cref="FileNotFoundException">It is there in neither form.</exception>
    public static Stream OpenRead(string path) => File.Exists(path)
        ? File.OpenRead(path)
        : new GZipStream(File.OpenRead(path + Extension), CompressionMode.Decompress);

    private static FileStream Create(string path, UnixFileMode mode) => new(path, new FileStreamOptions
    {
        Mode = FileMode.Create,
        Access = FileAccess.Write,
        UnixCreateMode = mode,
    });
}
