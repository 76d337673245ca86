using System.Collections.Concurrent;
using System.Security.Cryptography;
using Oms.Gateway.Access;

namespace Oms.Gateway.Dashboard;

/// <summary>
/// Who is signed in to the dashboard. A session lives in this process alone, for as long as the token it began with
/// counts and it is used; a browser holds nothing but its number.
/// </summary>
internal sealed class SessionStore(IdentityRegister register, TimeProvider time)
{
    private const int SessionsMax = 1_000;
    private const int IdBytes = 32;

    private static readonly TimeSpan IdleMax = TimeSpan.FromHours(12);

    private readonly ConcurrentDictionary<string, Session> _sessions = new();

    /// <summary>Begins a session; null where the token is not known, or too many are signed in.</summary>
    public string? SignIn(string token)
    {
        if (register.FindByToken(token) is not { } identity)
        {
            return null;
        }

        foreach ((string old, Session session) in _sessions)
        {
            if (!IsAlive(session))
            {
                _ = _sessions.TryRemove(old, out _);
            }
        }

        if (_sessions.Count >= SessionsMax)
        {
            return null;
        }

        string id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        _sessions[id] = new(identity, time.GetUtcNow());
        return id;
    }

    public void SignOut(string id) => _ = _sessions.TryRemove(id, out _);

    /// <summary>Null where there is no such session, or no longer.</summary>
    public Identity? Find(string? id)
    {
        if (id is null || !_sessions.TryGetValue(id, out Session? session) || !IsAlive(session))
        {
            return null;
        }

        session.UsedAt = time.GetUtcNow();
        return session.Identity;
    }

    private bool IsAlive(Session session) =>
        time.GetUtcNow() - session.UsedAt < IdleMax && register.IsCurrent(session.Identity);

    private sealed class Session(Identity identity, DateTimeOffset usedAt)
    {
        public Identity Identity { get; } = identity;

        public DateTimeOffset UsedAt { get; set; } = usedAt;
    }
}
