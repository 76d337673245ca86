using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Oms.Keys.Tests;

/// <summary>The key-value store of version 2, mounted at <c>secret</c>.</summary>
internal sealed class FakeVaultStore(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, List<Version>> _secrets = new();

    public void Put(string path, params (string Name, string Value)[] fields)
    {
        List<Version> versions = _secrets.GetOrAdd(path, _ => []);
        lock (versions)
        {
            versions.Add(new(
                clock.GetUtcNow(),
                new(fields.Select(field => KeyValuePair.Create(field.Name, (JsonNode?)field.Value)))));
        }
    }

    /// <summary>As <c>vault kv delete</c>: the latest version, until it is undeleted.</summary>
    public void Delete(string path, DateTimeOffset? at = null) =>
        Change(path, version => version with { Deleted = at ?? clock.GetUtcNow() });

    public void Undelete(string path) => Change(path, version => version with { Deleted = null });

    public void Destroy(string path) => Change(path, version => version with { IsDestroyed = true });

    public void DeleteMetadata(string path) => _secrets.TryRemove(path, out _);

    /// <summary>Member <c>data</c> of the answer; null where there is nothing.</summary>
    public JsonObject? Read(string request)
    {
        bool isData = request.StartsWith("secret/data/", StringComparison.Ordinal);
        if (!isData && !request.StartsWith("secret/metadata/", StringComparison.Ordinal))
        {
            return null;
        }

        string path = request[(isData ? "secret/data/".Length : "secret/metadata/".Length)..];
        if (!_secrets.TryGetValue(path, out List<Version>? versions))
        {
            return null;
        }

        lock (versions)
        {
            return isData ? DataOf(versions) : MetadataOf(versions);
        }
    }

    private JsonObject DataOf(List<Version> versions)
    {
        Version latest = versions[^1];
        bool isGone = latest.IsDestroyed || latest.Deleted <= clock.GetUtcNow();
        JsonObject metadata = latest.Describe();
        metadata["version"] = versions.Count;
        metadata["custom_metadata"] = null;
        return new()
        {
            ["data"] = isGone ? null : latest.Fields.DeepClone(), ["metadata"] = metadata,
        };
    }

    private static JsonObject MetadataOf(List<Version> versions) => new()
    {
        ["cas_required"] = false,
        ["created_time"] = TimeText(versions[0].Created),
        ["current_version"] = versions.Count,
        ["custom_metadata"] = null,
        ["delete_version_after"] = "0s",
        ["max_versions"] = 0,
        ["oldest_version"] = 0,
        ["updated_time"] = TimeText(versions[^1].Created),
        ["versions"] = new JsonObject(versions.Select(
            (version, index) => KeyValuePair.Create($"{index + 1}", (JsonNode?)version.Describe()))),
    };

    private static string TimeText(DateTimeOffset time) =>
        $"{time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fffffff}Z";

    private void Change(string path, Func<Version, Version> change)
    {
        List<Version> versions = _secrets[path];
        lock (versions)
        {
            versions[^1] = change(versions[^1]);
        }
    }

    private sealed record Version(
        DateTimeOffset Created, JsonObject Fields, DateTimeOffset? Deleted = null, bool IsDestroyed = false)
    {
        public JsonObject Describe() => new()
        {
            ["created_time"] = TimeText(Created),
            ["deletion_time"] = Deleted is { } time ? TimeText(time) : "",
            ["destroyed"] = IsDestroyed,
        };
    }
}
