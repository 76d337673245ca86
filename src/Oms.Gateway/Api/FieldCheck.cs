using Oms.Domain.Instruments;
using Oms.Domain.Numbers;

namespace Oms.Gateway.Api;

/// <summary>What the fields of a request must be, each failure named by its field.</summary>
internal static class FieldCheck
{
    private const int SymbolLengthMax = 32;

    /// <exception cref="Grpc.Core.RpcException">This cannot be a symbol.</exception>
    public static void Symbol(string field, string symbol)
    {
        int slash = symbol.IndexOf('/');
        bool isSymbol = symbol.Length <= SymbolLengthMax && slash > 0 && slash < symbol.Length - 1;
        foreach (char character in symbol)
        {
            isSymbol &= char.IsAsciiLetterOrDigit(character) || character is '/' or ':' or '-';
        }

        if (!isSymbol)
        {
            throw RpcFailures.Invalid(field, "is not BASE/QUOTE");
        }
    }

    /// <exception cref="Grpc.Core.RpcException">It is no value that is known, or not given and required.
    /// </exception>
    public static void Enumeration<TEnum>(string field, TEnum value, bool isRequired)
        where TEnum : struct, Enum
    {
        bool isUnspecified = EqualityComparer<TEnum>.Default.Equals(value, default);
        if (!Enum.IsDefined(value) || (isRequired && isUnspecified))
        {
            throw RpcFailures.Invalid(field, isUnspecified ? "is not given" : "is none that is known");
        }
    }

    /// <exception cref="Grpc.Core.RpcException">It is not given, no decimal, or not above zero.</exception>
    public static void Positive(string field, string text)
    {
        if (text.Length == 0)
        {
            throw RpcFailures.Invalid(field, "is not given");
        }

        ReadOnlySpan<char> digits = text[0] == '-' ? text.AsSpan(1) : text;
        int point = digits.IndexOf('.');
        ReadOnlySpan<char> whole = point < 0 ? digits : digits[..point];
        ReadOnlySpan<char> fraction = point < 0 ? "0" : digits[(point + 1)..];
        if (whole.IsEmpty
            || fraction.IsEmpty
            || whole.ContainsAnyExceptInRange('0', '9')
            || fraction.ContainsAnyExceptInRange('0', '9'))
        {
            throw RpcFailures.Invalid(field, "is no decimal, digits[.digits]");
        }

        if (text[0] == '-' || !text.AsSpan().ContainsAnyInRange('1', '9'))
        {
            throw RpcFailures.Invalid(field, "is not greater than zero");
        }
    }

    /// <summary>Given exactly where it must be.</summary>
    /// <param name="why">Of whom it is, where it must not be given.</param>
    /// <exception cref="Grpc.Core.RpcException">It is not given and needed, not above zero, or given and not
    /// allowed.</exception>
    public static void PositiveWhere(bool isNeeded, string field, string text, string why)
    {
        if (isNeeded)
        {
            Positive(field, text);
        }
        else if (text.Length > 0)
        {
            throw RpcFailures.Invalid(field, why);
        }
    }

    /// <exception cref="Grpc.Core.RpcException">It is not exact at these decimals.</exception>
    public static long Mantissa(string field, string text, int decimals) =>
        DecimalText.TryParse(text, decimals, out long mantissa)
            ? mantissa
            : throw RpcFailures.Invalid(field, $"has more than {decimals} decimals or is too large");

    /// <summary>The mantissa; 0 where nothing is given.</summary>
    /// <exception cref="Grpc.Core.RpcException">It is not exact at these decimals.</exception>
    public static long MantissaIfGiven(string field, string text, int decimals) =>
        text.Length == 0 ? 0 : Mantissa(field, text, decimals);

    /// <summary>Levels of each side of a book; 0 where nothing is said.</summary>
    /// <exception cref="Grpc.Core.RpcException">It is out of range.</exception>
    public static int Depth(int levels) => levels is >= 0 and <= BookLevel.PerSideMax
        ? levels
        : throw RpcFailures.Invalid("depth", $"is not between 0 and {BookLevel.PerSideMax}");

    /// <summary>Between two messages of a conflated stream.</summary>
    /// <exception cref="Grpc.Core.RpcException">It is out of range.</exception>
    public static TimeSpan Interval(int milliseconds) => milliseconds switch
    {
        0 => GatewayLimits.ConflationDefault,
        >= 10 and <= 60_000 => TimeSpan.FromMilliseconds(milliseconds),
        _ => throw RpcFailures.Invalid("interval_ms", "is not between 10 and 60,000"),
    };
}
