using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Oms.Domain.Numbers;

/// <summary>
/// Decimal text to and from a <c>long</c> mantissa at a stated number of decimals, exactly or not at all.
/// Neither <c>double</c> nor a culture takes part.
/// </summary>
public static class DecimalText
{
    /// <summary>
    /// The most decimals a mantissa may have: 10^18 is the largest power of ten in a <c>long</c>.
    /// </summary>
    public const int DecimalsMax = 18;

    /// <summary>Sign, point, and the 39 digits that an <see cref="Int128"/> has at most.</summary>
    private const int TextMax = 41;

    /// <summary>
    /// Parses <c>[-]digits[.digits]</c>; false when malformed, inexact at these decimals, or too large.
    /// </summary>
    /// <param name="text">UTF-8 digits, without exponent, sign <c>+</c>, or white space.</param>
    /// <param name="decimals">0 to <see cref="DecimalsMax"/>.</param>
    /// <param name="mantissa">The value times 10^decimals.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, int decimals, out long mantissa)
    {
        mantissa = 0;
        bool negative = !text.IsEmpty && text[0] == (byte)'-';
        ReadOnlySpan<byte> digits = negative ? text[1..] : text;
        int point = digits.IndexOf((byte)'.');
        ReadOnlySpan<byte> whole = point < 0 ? digits : digits[..point];
        ReadOnlySpan<byte> fraction = point < 0 ? default : digits[(point + 1)..];
        if (whole.IsEmpty || (point >= 0 && fraction.IsEmpty))
        {
            return false;
        }

        Int128 value = 0;
        if (!TryAppend(whole, ref value) || !TryAppendFraction(fraction, decimals, ref value))
        {
            return false;
        }

        mantissa = (long)(negative ? -value : value);
        return true;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, int, out long)"/>
    public static bool TryParse([NotNullWhen(true)] string? text, int decimals, out long mantissa)
    {
        mantissa = 0;
        if (text is null || text.Length > 64 || !Ascii.IsValid(text))
        {
            return false;
        }

        Span<byte> utf8 = stackalloc byte[64];
        int length = Encoding.ASCII.GetBytes(text, utf8);
        return TryParse(utf8[..length], decimals, out mantissa);
    }

    /// <summary>The mantissa as decimal text with exactly <paramref name="decimals"/> decimals.</summary>
    public static string Format(long mantissa, int decimals) => Format((Int128)mantissa, decimals);

    /// <inheritdoc cref="Format(long, int)"/>
    public static string Format(Int128 mantissa, int decimals)
    {
        Span<char> text = stackalloc char[TextMax];
        return new(text[Write(mantissa, decimals, text)..]);
    }

    /// <summary>
    /// As <see cref="Format(long, int)"/> without trailing zeros: <c>0.01000</c> is <c>0.01</c>.
    /// </summary>
    public static string FormatShort(Int128 mantissa, int decimals)
    {
        Span<char> buffer = stackalloc char[TextMax];
        ReadOnlySpan<char> text = buffer[Write(mantissa, decimals, buffer)..];
        return new(decimals == 0 ? text : text.TrimEnd('0').TrimEnd('.'));
    }

    /// <summary>Writes at the end of the buffer, from the last digit on; where it begins there.</summary>
    private static int Write(Int128 mantissa, int decimals, Span<char> text)
    {
        UInt128 rest = mantissa < 0 ? (UInt128)(-mantissa) : (UInt128)mantissa;
        int index = text.Length;
        for (int digits = 0; rest > 0 || digits <= decimals; digits++)
        {
            if (digits == decimals && digits > 0)
            {
                text[--index] = '.';
            }

            // The halves of the number: that the lower one is not all of it is what is asked.
            (ulong upper, ulong lower) = unchecked(((ulong)(rest >> 64), (ulong)rest));
            (rest, ulong digit) = upper == 0 ? (lower / 10, lower % 10) : (rest / 10, (ulong)(rest % 10));
            text[--index] = (char)('0' + digit);
        }

        if (mantissa < 0)
        {
            text[--index] = '-';
        }

        return index;
    }

    private static bool TryAppend(ReadOnlySpan<byte> digits, ref Int128 value)
    {
        foreach (byte digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            value = (value * 10) + (digit - (byte)'0');
            if (value > long.MaxValue)
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryAppendFraction(ReadOnlySpan<byte> fraction, int decimals, ref Int128 value)
    {
        int kept = Math.Min(fraction.Length, decimals);
        if (!TryAppend(fraction[..kept], ref value) || fraction[kept..].ContainsAnyExcept((byte)'0'))
        {
            return false;
        }

        value *= PowersOfTen.Of(decimals - kept);
        return value <= long.MaxValue;
    }
}
