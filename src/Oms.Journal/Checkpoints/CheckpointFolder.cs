using System.Collections.Immutable;
using System.Globalization;

namespace Oms.Journal.Checkpoints;

/// <summary>
/// How far each consumer of the log is: one small file per consumer, <c>NAME.checkpoint</c>, with the
/// number of the last event that it needs no more, as text. What comes behind it is kept for it.
/// </summary>
public sealed class CheckpointFolder(string folder)
{
    private const string Extension = ".checkpoint";

    /// <summary>By consumer. What cannot be read counts as 0: everything is kept.</summary>
    public ImmutableSortedDictionary<string, long> Read() =>
        Directory.Exists(folder)
            ? Directory.GetFiles(folder, "*" + Extension).ToImmutableSortedDictionary(
                path => Path.GetFileNameWithoutExtension(path), ReadOne, StringComparer.Ordinal)
            : ImmutableSortedDictionary<string, long>.Empty;

    /// <summary>
    /// The consumer has no use any more for events up to this one. Written by the consumer only.
    /// </summary>
    public void Write(string consumer, long logSequence)
    {
        _ = Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, consumer + Extension);
        string draft = path + ".draft";
        File.WriteAllText(draft, logSequence.ToString(CultureInfo.InvariantCulture) + "\n");
        // Not synced: an old checkpoint keeps more.
        File.Move(draft, path, overwrite: true);
    }

    private static long ReadOne(string path)
    {
        const NumberStyles Style = NumberStyles.AllowTrailingWhite;
        string text = File.ReadAllText(path);
        return long.TryParse(text, Style, CultureInfo.InvariantCulture, out long value) ? value : 0;
    }
}
