using System.Globalization;

namespace Oms.Domain.Ids;

/// <summary>
/// The client order id that the exchange sees: <c>oms-SHARD-EPOCH-NUMBER</c>, made from the <see
/// cref="OrderId"/>
/// alone and turned back into it, so that whatever the exchange reports names our order without a look-up.
/// At most 27 characters of <c>[a-z0-9-]</c>: within the limits of every exchange supported.
/// </summary>
public static class WireOrderId
{
    public const string Prefix = "oms-";

    public static string Format(OrderId id) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{id.Shard}-{id.Epoch}-{id.Number}");

    /// <summary>False when the id was not made by this OMS: an order from elsewhere.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out OrderId id)
    {
        id = OrderId.None;
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        ReadOnlySpan<char> rest = text[Prefix.Length..];
        Span<Range> parts = stackalloc Range[4];
        if (rest.Split(parts, '-') != 3
            || !TryNumber(rest[parts[0]], 0, OrderId.ShardMax, out long shard)
            || !TryNumber(rest[parts[1]], 1, OrderId.EpochMax, out long epoch)
            || !TryNumber(rest[parts[2]], 1, OrderId.NumberMax, out long number))
        {
            return false;
        }

        id = OrderId.Of((int)shard, (int)epoch, number);
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<char> digits, long min, long max, out long value) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value)
        && value >= min && value <= max && (digits.Length == 1 || digits[0] != '0');
}
