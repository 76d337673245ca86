using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Oms.Keys.Memory;

namespace Oms.Keys.Vault;

/// <summary>
/// A version of a secret as <c>{mount}/data/{path}</c> answers it. Of its fields only those that make up an
/// owner's keys are taken, each straight from locked memory into locked memory:
/// <code>
/// api_key      api_secret   | private_key_pem                     the first key
/// api_key_2    api_secret_2 | private_key_pem_2   key_type_2 …    the second one, and so on to 8
/// binance_spot_main_api_key  binance_spot_main_api_secret …       the same for this owner alone
/// </code>
/// </summary>
internal sealed class VaultDocument : IDisposable
{
    private const int KeysMax = 8;
    private const string ApiKey = "api_key";
    private const string ApiSecret = "api_secret";
    private const string PrivateKey = "private_key_pem";
    private const string KeyType = "key_type";
    private static readonly string[] Roles = [ApiKey, ApiSecret, PrivateKey, KeyType];

    private readonly KeyOwner _owner;
    private readonly Dictionary<string, SecretBytes> _fields = [];

    private VaultDocument(KeyOwner owner) => _owner = owner;

    /// <summary>0 where the answer names none: there is no such secret.</summary>
    public long Version { get; private set; }

    public DateTimeOffset Created { get; private set; }

    /// <summary>RFC 3339; empty where it was not deleted.</summary>
    public string DeletionTime { get; private set; } = "";

    public bool IsDestroyed { get; private set; }

    /// <exception cref="KeysException">It is not what the API documents; shows nothing of it.</exception>
    public static VaultDocument Read(SecretBytes body, KeyOwner owner)
    {
        var document = new VaultDocument(owner);
        try
        {
            using SecretBytes.Lease lease = body.Open();
            var reader = new Utf8JsonReader(lease.Bytes);
            document.ReadAnswer(ref reader);
            return document;
        }
        catch (Exception exception)
            when (exception is JsonException or InvalidOperationException or FormatException or KeysException)
        {
            document.Dispose();
            // A parser's message may quote what it read.
            throw exception as KeysException
                ?? new KeysException("the answer is not the JSON that the API documents");
        }
    }

    /// <summary>The owner's keys in the order of their numbers; each a copy of its own.</summary>
    /// <exception cref="KeysException">There is none, or one is incomplete or malformed; names its
    /// fields.</exception>
    public ImmutableArray<ExchangeKey> Keys()
    {
        var keys = ImmutableArray.CreateBuilder<ExchangeKey>();
        try
        {
            for (int number = 1; number <= KeysMax; number++)
            {
                if (PairOf(number) is { } pair)
                {
                    string id = number == 1 ? $"v{Version}" : $"v{Version}.{number}";
                    keys.Add(new(id, _owner, keys.Count + 1, Created, pair));
                }
            }

            return keys.Count > 0
                ? keys.ToImmutable()
                : throw new KeysException(
                    $"has neither {ApiKey} and {ApiSecret}, nor {_owner.Token}_{ApiKey} and " +
                    $"{_owner.Token}_{ApiSecret}");
        }
        catch
        {
            foreach (ExchangeKey key in keys)
            {
                key.Dispose();
            }

            throw;
        }
    }

    public void Dispose()
    {
        foreach (SecretBytes value in _fields.Values)
        {
            value.Dispose();
        }
    }

    public override string ToString() => $"version {Version}";

    private static string NameOf(string prefix, string role, int number) =>
        number == 1 ? $"{prefix}{role}" : $"{prefix}{role}_{number}";

    /// <summary>The owner's own fields go before those for all whose keys are here.</summary>
    private KeyPair? PairOf(int number)
    {
        string own = $"{_owner.Token}_";
        string prefix = Roles.Any(role => _fields.ContainsKey(NameOf(own, role, number))) ? own : "";
        string[] names = [.. Roles.Select(role => NameOf(prefix, role, number))];
        if (!names.Any(_fields.ContainsKey))
        {
            return null;
        }

        SecretBytes? apiKey = _fields.GetValueOrDefault(names[0]);
        SecretBytes? secret = _fields.GetValueOrDefault(names[1]);
        SecretBytes? pem = _fields.GetValueOrDefault(names[2]);
        if (apiKey is null || (secret is null) == (pem is null))
        {
            throw new KeysException($"needs {names[0]}, and one of {names[1]} and {names[2]}");
        }

        return Pair(names, apiKey, secret ?? pem ?? apiKey);
    }

    private KeyPair Pair(string[] names, SecretBytes apiKey, SecretBytes secret)
    {
        using SecretBytes.Lease open = secret.Open();
        KeyPair pair;
        try
        {
            pair = KeyPair.Of(TextOf(apiKey), open.Bytes.Trim(" \r\n"u8));
        }
        catch (KeysException exception)
        {
            throw new KeysException($"{names[0]}: {exception.Message}");
        }

        if (_fields.ContainsKey(names[2]) && pair.Kind != ExchangeKeyKind.Ed25519)
        {
            pair.Dispose();
            throw new KeysException($"{names[2]} is no PEM");
        }

        string? type = _fields.TryGetValue(names[3], out SecretBytes? named) ? TextOf(named) : null;
        string actual = pair.Kind == ExchangeKeyKind.Ed25519 ? "ed25519" : "hmac";
        if (type is null || type == actual)
        {
            return pair;
        }

        pair.Dispose();
        throw new KeysException($"{names[3]} is not {actual}, which {names[0]} is");
    }

    private static string TextOf(SecretBytes value)
    {
        using SecretBytes.Lease lease = value.Open();
        return Encoding.UTF8.GetString(lease.Bytes.Trim(" \r\n"u8));
    }

    private static bool IsWanted(string name, string ownPrefix) =>
        Roles.Any(role => IsOf(name, role) || IsOf(name, ownPrefix + role));

    private static bool IsOf(string name, string role) =>
        name == role
        || (name.StartsWith(role, StringComparison.Ordinal)
            && name.AsSpan(role.Length) is ['_', >= '2' and <= (char)('0' + KeysMax)]);

    private void ReadAnswer(ref Utf8JsonReader reader)
    {
        _ = EnterObject(ref reader);
        while (NextMember(ref reader))
        {
            if (reader.ValueTextEquals("data"u8))
            {
                ReadSecret(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void ReadSecret(ref Utf8JsonReader reader)
    {
        if (!EnterObject(ref reader))
        {
            return;
        }

        while (NextMember(ref reader))
        {
            if (reader.ValueTextEquals("data"u8))
            {
                ReadFields(ref reader);
            }
            else if (reader.ValueTextEquals("metadata"u8))
            {
                ReadMetadata(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void ReadFields(ref Utf8JsonReader reader)
    {
        if (!EnterObject(ref reader))
        {
            return;
        }

        string ownPrefix = $"{_owner.Token}_";
        while (NextMember(ref reader))
        {
            string name = reader.GetString() ?? "";
            if (!IsWanted(name, ownPrefix))
            {
                reader.Skip();
                continue;
            }

            if (!reader.Read() || reader.TokenType != JsonTokenType.String)
            {
                throw new KeysException($"{name} is no text");
            }

            SecretBytes value = SecretBytes.Allocate(reader.ValueSpan.Length, out Span<byte> memory);
            value.TrimTo(reader.CopyString(memory));
            if (!_fields.TryAdd(name, value))
            {
                value.Dispose();
                throw new KeysException($"{name} stands twice");
            }
        }
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        _ = EnterObject(ref reader);
        while (NextMember(ref reader))
        {
            if (reader.ValueTextEquals("version"u8))
            {
                _ = reader.Read();
                Version = reader.GetInt64();
            }
            else if (reader.ValueTextEquals("created_time"u8))
            {
                _ = reader.Read();
                Created = reader.GetDateTimeOffset();
            }
            else if (reader.ValueTextEquals("deletion_time"u8))
            {
                _ = reader.Read();
                DeletionTime = reader.GetString() ?? "";
            }
            else if (reader.ValueTextEquals("destroyed"u8))
            {
                _ = reader.Read();
                IsDestroyed = reader.GetBoolean();
            }
            else
            {
                reader.Skip();
            }
        }
    }

    /// <returns>False where <c>null</c> stands in its place.</returns>
    private static bool EnterObject(ref Utf8JsonReader reader) =>
        !reader.Read() ? throw new JsonException()
        : reader.TokenType switch
        {
            JsonTokenType.StartObject => true,
            JsonTokenType.Null => false,
            _ => throw new JsonException(),
        };

    private static bool NextMember(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.PropertyName;
}
