using System.Collections.Immutable;
using System.Text.Json;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>Who listens to which market stream, by the stream's name.</summary>
internal sealed class MarketStreams
{
    private readonly Lock _gate = new();
    private ImmutableDictionary<string, ImmutableHashSet<StreamSession>> _listeners =
        ImmutableDictionary<string, ImmutableHashSet<StreamSession>>.Empty;

    public void Subscribe(StreamSession session, string stream)
    {
        lock (_gate)
        {
            _listeners = _listeners.SetItem(
                stream,
                _listeners.GetValueOrDefault(stream, ImmutableHashSet<StreamSession>.Empty).Add(session));
        }
    }

    public void Unsubscribe(StreamSession session, string stream)
    {
        lock (_gate)
        {
            if (_listeners.TryGetValue(stream, out ImmutableHashSet<StreamSession>? sessions))
            {
                sessions = sessions.Remove(session);
                _listeners = sessions.IsEmpty
                    ? _listeners.Remove(stream)
                    : _listeners.SetItem(stream, sessions);
            }
        }
    }

    /// <summary>Sends to those who listen; nothing is written where nobody does.</summary>
    public void Publish(string stream, Action<Utf8JsonWriter> write)
    {
        if (!_listeners.TryGetValue(stream, out ImmutableHashSet<StreamSession>? sessions))
        {
            return;
        }

        ReadOnlyMemory<byte> raw = ApiAnswer.Of(write).Result;
        ReadOnlyMemory<byte> combined = ApiAnswer.Of(json =>
        {
            json.WriteStartObject();
            json.WriteString("stream", stream);
            json.WritePropertyName("data");
            json.WriteRawValue(raw.Span, skipInputValidation: true);
            json.WriteEndObject();
        }).Result;
        foreach (StreamSession session in sessions)
        {
            _ = session.Connection.TrySend(session.IsCombined ? combined : raw);
        }
    }
}
