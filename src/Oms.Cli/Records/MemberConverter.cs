using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Oms.Cli.Records;

/// <summary>
/// Writes a member of an enumeration in lower snake case, several flags as <c>one|other</c>, and what has
/// no name as its number: the log also holds what was refused because it is no member.
/// </summary>
internal sealed class MemberConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("records are only written");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        string text = value.ToString();
        if (long.TryParse(text, CultureInfo.InvariantCulture, out long number))
        {
            writer.WriteNumberValue(number);
            return;
        }

        writer.WriteStringValue(
            string.Join('|', text.Split(", ").Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)));
    }
}
