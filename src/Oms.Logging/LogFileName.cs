using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Oms.Logging;

/// <summary>
/// The names of a log's files. What is written now is <c>gateway.jsonl</c>; what was is
/// <c>gateway-20260131-000001.jsonl</c> with the day (UTC) on which it was begun, and ends in <c>.gz</c> once
/// compressed.
/// </summary>
internal readonly record struct LogFileName(string Log, DateOnly Day, int Number)
{
    public const string Extension = ".jsonl";

    private const string DayFormat = "yyyyMMdd";
    private const int DayLength = 8;
    private const int NumberLength = 6;
    private const int TailLength = 1 + DayLength + 1 + NumberLength;

    public static string Current(string log) => log + Extension;

    /// <summary>Takes the name of a file that is written no more apart; false where it is none of this log.</summary>
    public static bool TryParse(string path, string log, [NotNullWhen(true)] out LogFileName? name)
    {
        name = null;
        ReadOnlySpan<char> rest = Path.GetFileName(path.AsSpan());
        rest = rest.EndsWith(CompressedFile.Extension) ? rest[..^CompressedFile.Extension.Length] : rest;
        if (!rest.EndsWith(Extension) || rest.Length != log.Length + TailLength + Extension.Length
            || !rest.StartsWith(log))
        {
            return false;
        }

        ReadOnlySpan<char> tail = rest.Slice(log.Length, TailLength);
        if (tail[0] == '-' && tail[1 + DayLength] == '-'
            && DateOnly.TryParseExact(tail.Slice(1, DayLength), DayFormat, out DateOnly day)
            && int.TryParse(tail[^NumberLength..], NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            name = new(log, day, number);
        }

        return name is not null;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Log}-{Day.ToString(DayFormat, CultureInfo.InvariantCulture)}-{Number:D6}{Extension}");
}
