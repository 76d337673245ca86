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

    /// <summary>Cuts connections off; tells how many.</summary>
    public int Drop(int countMax)
    {
        List<StreamSession> dropped = [.. Sessions().Take(countMax)];
        foreach (StreamSession session in dropped)
        {
            session.Connection.Drop();
        }

        return dropped.Count;
    }

    /// <summary>Connections stay, and their streams say nothing more; tells how many.</summary>
    public int Silence(int countMax)
    {
        List<StreamSession> silenced = [.. Sessions().Where(session => !session.IsSilent).Take(countMax)];
        foreach (StreamSession session in silenced)
        {
            session.IsSilent = true;
        }

        return silenced.Count;
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
        foreach (StreamSession session in sessions.Where(session => !session.IsSilent))
        {
            _ = session.Connection.TrySend(session.IsCombined ? combined : raw);
        }
    }

    private IEnumerable<StreamSession> Sessions() => _listeners.Values.SelectMany(sessions => sessions).Distinct();
}
