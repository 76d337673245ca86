using System.Runtime.CompilerServices;

namespace Oms.Domain.Text;

/// <summary>Up to 16 bytes of ASCII inside a message, padded with zeros.</summary>
[InlineArray(Length)]
public struct Text16 : IEquatable<Text16>
{
    public const int Length = 16;

    private byte _first;

    /// <exception cref="ArgumentException">Not ASCII, or longer than 16 characters.</exception>
    public static Text16 Of(ReadOnlySpan<char> text)
    {
        Text16 value = default;
        AsciiText.Write(text, value);
        return value;
    }

    /// <summary>As <see cref="Of"/>, cut at 16 characters and with <c>?</c> for what is not ASCII.</summary>
    public static Text16 OfTruncated(ReadOnlySpan<char> text)
    {
        Text16 value = default;
        AsciiText.WriteTruncated(text, value);
        return value;
    }

    public readonly bool Equals(Text16 other) => ((ReadOnlySpan<byte>)this).SequenceEqual(other);

    public override readonly bool Equals(object? obj) => obj is Text16 other && Equals(other);

    public override readonly int GetHashCode() => AsciiText.Hash(this);

    public override readonly string ToString() => AsciiText.Read(this);

    public static bool operator ==(Text16 left, Text16 right) => left.Equals(right);

    public static bool operator !=(Text16 left, Text16 right) => !left.Equals(right);
}
