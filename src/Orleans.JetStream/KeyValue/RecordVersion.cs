using System.Globalization;

namespace Orleans.JetStream.KeyValue;

/// <summary>
/// What an ETag says: the record's revision and into how many chunks it was cut, none for most.
/// </summary>
/// <remarks>
/// <c>17</c> is a record of one message, <c>17+3</c> one whose content lies in three chunks.
/// </remarks>
internal readonly record struct RecordVersion(ulong Revision, int ChunkCount)
{
    private const char Separator = '+';

    public string ToETag() => ChunkCount == 0
        ? Revision.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Revision}{Separator}{ChunkCount}");

    public static RecordVersion? FromETag(string? eTag)
    {
        if (string.IsNullOrEmpty(eTag))
        {
            return null;
        }

        var separator = eTag.IndexOf(Separator);
        var revisionText = separator < 0 ? eTag : eTag[..separator];
        var chunkText = separator < 0 ? "0" : eTag[(separator + 1)..];
        return ulong.TryParse(revisionText, NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            && int.TryParse(chunkText, NumberStyles.None, CultureInfo.InvariantCulture, out var chunkCount)
            ? new RecordVersion(revision, chunkCount)
            : throw new FormatException($"'{eTag}' is not an ETag of this storage.");
    }
}
