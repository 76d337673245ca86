using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging;
using Oms.Domain.Configuration;
using Oms.Domain.Instruments;

namespace Oms.Keys.Vault;

/// <summary>
/// Gives out the keys that lie in Vault, and again when a secret has another version, was deleted or came
/// back. What is asked each time is the metadata, which holds no secret; where the policy does not show it,
/// the secret.
/// </summary>
internal sealed class VaultKeySource : IKeySource
{
    /// <summary>Requests at the same time.</summary>
    private const int ParallelMax = 8;

    private readonly VaultClient _client;
    private readonly TimeProvider _time;
    private readonly FrozenDictionary<KeyOwner, VaultSecretPath> _paths;
    private FrozenDictionary<KeyOwner, string> _given = FrozenDictionary<KeyOwner, string>.Empty;

    /// <exception cref="KeysException">The file of Vault's authorities cannot be used.</exception>
    public VaultKeySource(
        VaultConfiguration configuration, IEnumerable<AccountConfiguration> accounts, MarketFlags markets,
        TimeProvider time, ILoggerFactory loggers)
    {
        _client = new(configuration, time, loggers.CreateLogger<VaultClient>());
        _time = time;
        _paths = accounts
            .SelectMany(account => KeyOwner.Of(account, markets).Select(owner => (owner, account.KeyPath)))
            .ToFrozenDictionary(
                pair => pair.owner,
                pair => VaultSecretPath.Of(configuration.Mount, pair.owner, pair.KeyPath));
    }

    public async Task<ImmutableArray<KeyReading>> ReadChanged(CancellationToken cancellation)
    {
        // Of each owner what it is now, and a reading where that is something else than before.
        var now = new ConcurrentDictionary<KeyOwner, (string State, KeyReading? Reading)>();
        try
        {
            await Parallel.ForEachAsync(
                _paths,
                new ParallelOptions
                {
                    MaxDegreeOfParallelism = ParallelMax, CancellationToken = cancellation,
                },
                async (path, stop) => now[path.Key] = await Read(path.Key, path.Value, stop));
        }
        catch
        {
            foreach (ExchangeKey key in now.Values.SelectMany(each => each.Reading?.Keys ?? []))
            {
                key.Dispose();
            }

            throw;
        }

        _given = now.ToFrozenDictionary(each => each.Key, each => each.Value.State);
        return [.. now.Values.Select(each => each.Reading).OfType<KeyReading>()];
    }

    public void Dispose() => _client.Dispose();

    private async Task<(string State, KeyReading? Reading)> Read(
        KeyOwner owner, VaultSecretPath path, CancellationToken cancellation)
    {
        string before = _given.GetValueOrDefault(owner, "");
        string state = await MetadataState(path, cancellation);
        return state.Length > 0 && state == before
            ? (before, null)
            : await ReadSecret(owner, path, before, cancellation);
    }

    /// <summary>Empty where the metadata does not tell.</summary>
    private async Task<string> MetadataState(VaultSecretPath path, CancellationToken cancellation)
    {
        using VaultReply reply = await _client.Get(path.MetadataRequest, cancellation);
        if (reply.Status != HttpStatusCode.OK
            || reply.Read(VaultJson.Default.Metadata, $"{_client}: {path}").Data is not { } secret)
        {
            return "";
        }

        VaultAnswer.SecretVersion? current =
            secret.Versions?.GetValueOrDefault(secret.CurrentVersion.ToString(CultureInfo.InvariantCulture));
        return StateOf(secret.CurrentVersion, current?.DeletionTime ?? "", current?.Destroyed ?? false);
    }

    private async Task<(string State, KeyReading? Reading)> ReadSecret(
        KeyOwner owner, VaultSecretPath path, string before, CancellationToken cancellation)
    {
        using VaultReply reply = await _client.Get(path.DataRequest, cancellation);
        switch (reply.Status)
        {
            case HttpStatusCode.OK:
            case HttpStatusCode.NotFound:
                break;
            case HttpStatusCode.Forbidden:
                return Changed(before, Nothing(
                    owner, KeyStanding.Denied, path,
                    $"{reply}: the policy needs read on {path.DataRequest} and {path.MetadataRequest}"));
            default:
                return (before, Nothing(owner, KeyStanding.SourceUnavailable, path, $"{reply}"));
        }

        try
        {
            using VaultDocument document = VaultDocument.Read(reply.Body, owner);
            string state = StateOf(document.Version, document.DeletionTime, document.IsDestroyed);
            return state == before
                ? (before, null)
                : (state, ReadingOf(owner, path, document));
        }
        catch (KeysException exception)
        {
            return Changed(before, Nothing(owner, KeyStanding.Damaged, path, exception.Message));
        }
    }

    private KeyReading ReadingOf(KeyOwner owner, VaultSecretPath path, VaultDocument document)
    {
        if (document.Version == 0)
        {
            return Nothing(
                owner, KeyStanding.Missing, path,
                "there is no such secret; the mount must be a key-value store of version 2");
        }

        if (document.IsDestroyed || IsOver(document.DeletionTime))
        {
            string what = document.IsDestroyed ? "destroyed" : $"deleted at {document.DeletionTime}";
            return Nothing(owner, KeyStanding.Missing, path, $"version {document.Version} was {what}");
        }

        try
        {
            return KeyReading.Of(owner, document.Keys());
        }
        catch (KeysException exception)
        {
            return Nothing(owner, KeyStanding.Damaged, path, exception.Message);
        }
    }

    /// <summary>Told once, and again when it is something else.</summary>
    private static (string State, KeyReading? Reading) Changed(string before, KeyReading reading)
    {
        string state = reading.Status.Detail;
        return (state, state == before ? null : reading);
    }

    private KeyReading Nothing(
        KeyOwner owner, KeyStanding standing, VaultSecretPath path, string problem) =>
        KeyReading.Nothing(owner, standing, $"{_client}: {path}: {problem}");

    /// <summary>The time of a deletion may lie ahead.</summary>
    private bool IsOver(string deletionTime) =>
        DateTimeOffset.TryParse(
            deletionTime, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset time)
        && time <= _time.GetUtcNow();

    private string StateOf(long version, string deletionTime, bool isDestroyed) =>
        $"version {version}{(isDestroyed ? " destroyed" : IsOver(deletionTime) ? " deleted" : "")}";
}
