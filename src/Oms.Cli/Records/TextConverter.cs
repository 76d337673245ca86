using System.Text.Json;
using System.Text.Json.Serialization;

namespace Oms.Cli.Records;

/// <summary>Writes what has a text as that text.</summary>
internal sealed class TextConverter<T> : JsonConverter<T>
    where T : struct
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("records are only written");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
