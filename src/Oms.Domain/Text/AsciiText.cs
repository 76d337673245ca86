using System.Text;

namespace Oms.Domain.Text;

/// <summary>ASCII text in fixed, zero-padded bytes.</summary>
public static class AsciiText
{
    /// <exception cref="ArgumentException">
    /// Not ASCII without zeros, or longer than the destination.
    /// </exception>
    public static void Write(ReadOnlySpan<char> text, Span<byte> destination)
    {
        if (text.Length > destination.Length || text.ContainsAnyExceptInRange('\x01', '\x7f'))
        {
            throw new ArgumentException(
                $"'{text}' is not ASCII text of at most {destination.Length} characters");
        }

        destination.Clear();
        _ = Encoding.ASCII.GetBytes(text, destination);
    }

    public static void WriteTruncated(ReadOnlySpan<char> text, Span<byte> destination)
    {
        destination.Clear();
        int length = Math.Min(text.Length, destination.Length);
        for (int i = 0; i < length; i++)
        {
            destination[i] = text[i] is >= '\x01' and <= '\x7f' ? (byte)text[i] : (byte)'?';
        }
    }

    public static string Read(ReadOnlySpan<byte> padded)
    {
        int end = padded.IndexOf((byte)0);
        return Encoding.ASCII.GetString(end < 0 ? padded : padded[..end]);
    }

    /// <summary>Stable over processes, unlike <see cref="HashCode"/>.</summary>
    public static int Hash(ReadOnlySpan<byte> padded)
    {
        // FNV-1a; wraps by design.
        uint hash = 2166136261;
        foreach (byte character in padded)
        {
            hash = unchecked((hash ^ character) * 16777619);
        }

        return unchecked((int)hash);
    }
}
