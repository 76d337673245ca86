using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Oms.Cli.Records;

/// <summary>Writes an id, whose text is its number, as that number.</summary>
internal sealed class IdConverter<T> : JsonConverter<T>
    where T : struct
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("records are only written");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(long.Parse(value.ToString() ?? "", CultureInfo.InvariantCulture));
}
