using System.Runtime.CompilerServices;

namespace Oms.Domain.Text;

/// <summary>Up to 32 bytes of ASCII inside a message, padded with zeros.</summary>
[InlineArray(Length)]
public struct Text32 : IEquatable<Text32>
{
    public const int Length = 32;

    private byte _first;

    /// <exception cref="ArgumentException">Not ASCII, or longer than 32 characters.</exception>
    public static Text32 Of(ReadOnlySpan<char> text)
    {
        Text32 value = default;
        AsciiText.Write(text, value);
        return value;
    }

    /// <summary>As <see cref="Of"/>, cut at 32 characters and with <c>?</c> for what is not ASCII.</summary>
    public static Text32 OfTruncated(ReadOnlySpan<char> text)
    {
        Text32 value = default;
        AsciiText.WriteTruncated(text, value);
        return value;
    }

    public readonly bool Equals(Text32 other) => ((ReadOnlySpan<byte>)this).SequenceEqual(other);

    public override readonly bool Equals(object? obj) => obj is Text32 other && Equals(other);

    public override readonly int GetHashCode() => AsciiText.Hash(this);

    public override readonly string ToString() => AsciiText.Read(this);

    public static bool operator ==(Text32 left, Text32 right) => left.Equals(right);

    public static bool operator !=(Text32 left, Text32 right) => !left.Equals(right);
}
