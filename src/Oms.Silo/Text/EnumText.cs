using System.Collections.Frozen;
using System.Text.Json;

namespace Oms.Silo.Text;

/// <summary>
/// Members of an enumeration as lower snake case: <c>PartiallyFilled</c> is <c>partially_filled</c>.
/// </summary>
internal static class EnumText<TEnum>
    where TEnum : struct, Enum
{
    private static readonly FrozenDictionary<TEnum, string> Names = Enum.GetValues<TEnum>()
        .ToFrozenDictionary(
            value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

    /// <summary>The name; the number where there is none.</summary>
    public static string Of(TEnum value) =>
        Names.TryGetValue(value, out string? name) ? name : value.ToString();
}
