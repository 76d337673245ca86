using System.Collections.Concurrent;

namespace Oms.ExchangeSimulator.Judge;

/// <summary>How many requests came, and how many of them were refused, by the code of the refusal.</summary>
internal sealed class RequestCounters
{
    private readonly ConcurrentDictionary<string, long> _received = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _bySocket = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, long> _refused = new();
    private long _total;

    public IEnumerable<KeyValuePair<string, long>> Received => _received.OrderBy(each => each.Key);

    /// <summary>Of those, and of what is about a session, what came by the WebSocket API; by method.</summary>
    public IEnumerable<KeyValuePair<string, long>> BySocket => _bySocket.OrderBy(each => each.Key);

    public IEnumerable<KeyValuePair<int, long>> Refused => _refused.OrderBy(each => each.Key);

    /// <summary>All that came.</summary>
    public long Total => Interlocked.Read(ref _total);

    public void CountReceived(string call)
    {
        _ = Interlocked.Increment(ref _total);
        _ = _received.AddOrUpdate(call, 1, (_, count) => count + 1);
    }

    public void CountBySocket(string method) => _ = _bySocket.AddOrUpdate(method, 1, (_, count) => count + 1);

    public void CountRefused(int code) => _ = _refused.AddOrUpdate(code, 1, (_, count) => count + 1);
}
