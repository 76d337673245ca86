using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Oms.Keys.Tests;

/// <summary>The tokens of the server, and its auth method AppRole.</summary>
internal sealed class FakeVaultTokens(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Token> _tokens = new();
    private int _made;

    public string RoleId { get; set; } = "59d6-role";

    public string SecretId { get; set; } = "8489-secret-id";

    /// <summary>How long a token lives that a login or a renewal gives.</summary>
    public TimeSpan Ttl { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a token can live, however often it is renewed.</summary>
    public TimeSpan MaxTtl { get; set; } = TimeSpan.FromHours(24);

    /// <summary>False for batch tokens.</summary>
    public bool AreRenewable { get; set; } = true;

    /// <summary>A token without login; null for one that does not end.</summary>
    public string Make(TimeSpan? ttl, bool isRenewable = true)
    {
        string value = $"hvs.token-{Interlocked.Increment(ref _made)}-5b1a0318679c9c45";
        DateTimeOffset now = clock.GetUtcNow();
        _tokens[value] = new(now, ttl, ttl is null ? null : now + ttl, isRenewable);
        return value;
    }

    public void RevokeAll() => _tokens.Clear();

    public bool IsAlive(string value) =>
        _tokens.TryGetValue(value, out Token? token)
        && (token.Ends is null || token.Ends > clock.GetUtcNow());

    public JsonObject? LogIn(string roleId, string secretId) =>
        roleId == RoleId && secretId == SecretId ? Grant(Make(Ttl, AreRenewable)) : null;

    public JsonObject? Renew(string value)
    {
        Token token = _tokens[value];
        if (!token.IsRenewable || token.Ttl is null)
        {
            return null;
        }

        DateTimeOffset wanted = clock.GetUtcNow() + token.Ttl.Value;
        DateTimeOffset last = token.Made + MaxTtl;
        _tokens[value] = token with { Ends = wanted < last ? wanted : last };
        return Grant(value);
    }

    public JsonObject Describe(string value)
    {
        Token token = _tokens[value];
        return new()
        {
            ["accessor"] = "8609694a-cdbc-db9b-d345-e782dbb562ed",
            ["creation_time"] = token.Made.ToUnixTimeSeconds(),
            ["creation_ttl"] = (long)(token.Ttl?.TotalSeconds ?? 0),
            ["display_name"] = "approle",
            ["entity_id"] = "",
            ["expire_time"] = token.Ends?.ToString("O"),
            ["explicit_max_ttl"] = 0,
            ["id"] = value,
            ["meta"] = null,
            ["num_uses"] = 0,
            ["orphan"] = true,
            ["path"] = "auth/approle/login",
            ["policies"] = new JsonArray("default", "oms"),
            ["renewable"] = token.IsRenewable,
            ["ttl"] = Left(token),
        };
    }

    private JsonObject Grant(string value)
    {
        Token token = _tokens[value];
        return new()
        {
            ["client_token"] = value,
            ["accessor"] = "fd6c9a00-d2dc-3b11-0be5-af7ae0e1d374",
            ["policies"] = new JsonArray("default", "oms"),
            ["token_policies"] = new JsonArray("default", "oms"),
            ["metadata"] = new JsonObject { ["role_name"] = "oms" },
            ["lease_duration"] = Left(token),
            ["renewable"] = token.IsRenewable,
            ["entity_id"] = "",
            ["token_type"] = token.IsRenewable ? "service" : "batch",
            ["orphan"] = true,
        };
    }

    private long Left(Token token) =>
        token.Ends is { } ends ? (long)(ends - clock.GetUtcNow()).TotalSeconds : 0;

    private sealed record Token(DateTimeOffset Made, TimeSpan? Ttl, DateTimeOffset? Ends, bool IsRenewable);
}
