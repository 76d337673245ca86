using System.Globalization;
using Orleans.JetStream.KeyValue;

namespace Orleans.JetStream.Reminders;

/// <summary>
/// Where the reminders of a service lie in the bucket:
/// <c>{service}.{hash of the grain}.{grain type}.{grain key}.{name}</c>.
/// </summary>
internal sealed class ReminderKeys(string serviceId)
{
    private readonly string _service = KeyToken.Of(serviceId);

    /// <summary>The filter of all reminders.</summary>
    public string All => $"{_service}.>";

    public string Of(GrainId grain, string name) => $"{Grain(grain)}.{KeyToken.Of(name)}";

    /// <summary>The filter of a grain's reminders.</summary>
    public string AllOf(GrainId grain) => $"{Grain(grain)}.*";

    /// <summary>
    /// Whether a key's grain lies in the ring's range from <paramref name="begin"/>, exclusive, to <paramref
    /// name="end"/>, inclusive; where the end is not above the begin, the range goes around through zero.
    /// </summary>
    public bool IsInRange(string key, uint begin, uint end)
    {
        var token = key.AsSpan(_service.Length + 1);
        var hash = uint.Parse(
            token[..token.IndexOf('.')], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return begin < end ? begin < hash && hash <= end : begin < hash || hash <= end;
    }

    private string Grain(GrainId grain) => string.Join(
        '.',
        _service,
        grain.GetUniformHashCode().ToString("X8", CultureInfo.InvariantCulture),
        KeyToken.Of(grain.Type.AsSpan()),
        KeyToken.Of(grain.Key.AsSpan()));
}
