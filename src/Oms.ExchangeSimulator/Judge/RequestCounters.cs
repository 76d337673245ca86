using System.Collections.Concurrent;

namespace Oms.ExchangeSimulator.Judge;

/// <summary>How many requests came, and how many of them were refused, by the code of the refusal.</summary>
internal sealed class RequestCounters
{
    private readonly ConcurrentDictionary<string, long> _received = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, long> _refused = new();

    public IEnumerable<KeyValuePair<string, long>> Received => _received.OrderBy(each => each.Key);

    public IEnumerable<KeyValuePair<int, long>> Refused => _refused.OrderBy(each => each.Key);

    public void CountReceived(string call) => _ = _received.AddOrUpdate(call, 1, (_, count) => count + 1);

    public void CountRefused(int code) => _ = _refused.AddOrUpdate(code, 1, (_, count) => count + 1);
}
