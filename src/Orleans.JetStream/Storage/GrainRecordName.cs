using Orleans.JetStream.KeyValue;

namespace Orleans.Storage;

/// <summary>Which state of which grain of which service: one record.</summary>
internal sealed record GrainRecordName(string ServiceId, string StateName, GrainId GrainId)
{
    /// <summary>
    /// Where it lies in the bucket: <c>{service}.{grain type}.{grain key}.{state name}</c>.
    /// </summary>
    public string Key { get; } = string.Join(
        '.',
        KeyToken.Of(ServiceId),
        KeyToken.Of(GrainId.Type.AsSpan()),
        KeyToken.Of(GrainId.Key.AsSpan()),
        KeyToken.Of(StateName));

    public override string ToString() => $"the state '{StateName}' of grain {GrainId} at {Key}";
}
