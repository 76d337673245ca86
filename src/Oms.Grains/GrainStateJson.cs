using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Orleans.Storage;

namespace Oms.Grains;

/// <summary>
/// Stores grain state as JSON without reflection, so that <c>nats kv get</c> shows what a grain believes.
/// </summary>
public sealed class GrainStateJson : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new(JsonSerializer.SerializeToUtf8Bytes(input, TypeOf<T>()));
    }

    public T Deserialize<T>(BinaryData input) =>
        JsonSerializer.Deserialize(input.ToMemory().Span, TypeOf<T>())
        ?? throw new JsonException($"The stored state is null, not a {typeof(T).Name}");

    private static JsonTypeInfo<T> TypeOf<T>() =>
        GrainStateContext.Default.GetTypeInfo(typeof(T)) as JsonTypeInfo<T>
        ?? throw new NotSupportedException($"{typeof(T).Name} is not listed in {nameof(GrainStateContext)}");
}
