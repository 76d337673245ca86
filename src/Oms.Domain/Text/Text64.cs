using System.Runtime.CompilerServices;

namespace Oms.Domain.Text;

/// <summary>Up to 64 bytes of ASCII inside a message, padded with zeros.</summary>
[InlineArray(Length)]
public struct Text64 : IEquatable<Text64>
{
    public const int Length = 64;

    private byte _first;

    /// <exception cref="ArgumentException">Not ASCII, or longer than 64 characters.</exception>
    public static Text64 Of(ReadOnlySpan<char> text)
    {
        Text64 value = default;
        AsciiText.Write(text, value);
        return value;
    }

    /// <summary>As <see cref="Of"/>, cut at 64 characters and with <c>?</c> for what is not ASCII.</summary>
    public static Text64 OfTruncated(ReadOnlySpan<char> text)
    {
        Text64 value = default;
        AsciiText.WriteTruncated(text, value);
        return value;
    }

    public readonly bool Equals(Text64 other) => ((ReadOnlySpan<byte>)this).SequenceEqual(other);

    public override readonly bool Equals(object? obj) => obj is Text64 other && Equals(other);

    public override readonly int GetHashCode() => AsciiText.Hash(this);

    public override readonly string ToString() => AsciiText.Read(this);

    public static bool operator ==(Text64 left, Text64 right) => left.Equals(right);

    public static bool operator !=(Text64 left, Text64 right) => !left.Equals(right);
}
