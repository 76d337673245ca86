using System.Globalization;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;

namespace Oms.Cli.Trading;

/// <summary>The contract's values as the command line writes them.</summary>
internal static class Wording
{
    /// <summary>
    /// A member of an enumeration in lower snake case, for example <c>partially_filled</c>.
    /// </summary>
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, System.Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    public static string Of(V1.TimeInForce value) => value switch
    {
        V1.TimeInForce.GoodTillCancel => "GTC",
        V1.TimeInForce.ImmediateOrCancel => "IOC",
        V1.TimeInForce.FillOrKill => "FOK",
        V1.TimeInForce.GoodTillDate => "GTD",
        V1.TimeInForce.Unspecified => "",
    };

    /// <summary>ISO 8601 in UTC, to 100 nanoseconds; null for none.</summary>
    public static string? Of(Timestamp? time) =>
        time?.ToDateTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    public static string TimeOfDay(Timestamp? time) =>
        time?.ToDateTime().ToString("HH:mm:ss.ffffff", CultureInfo.InvariantCulture) ?? "";

    public static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    public static bool IsFinal(V1.OrderStatus status) => status
        is V1.OrderStatus.Filled
        or V1.OrderStatus.Canceled
        or V1.OrderStatus.Rejected
        or V1.OrderStatus.Expired;
}
