using Orleans.JetStream.KeyValue;

namespace Orleans.Storage;

/// <summary>
/// Where a grain's state lives in the bucket: <c>{service}.{grain type}.{grain key}.{state name}</c>.
/// </summary>
internal static class GrainRecordKey
{
    public static string Of(string serviceId, string stateName, GrainId grainId) => string.Join(
        '.',
        KeyToken.Of(serviceId),
        KeyToken.Of(grainId.Type.AsSpan()),
        KeyToken.Of(grainId.Key.AsSpan()),
        KeyToken.Of(stateName));
}
