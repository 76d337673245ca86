using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text.Json;

namespace Oms.Keys;

/// <summary>
/// The local file of exchange keys:
/// <code>{"keys":{"binance_main":{"api_key":"…","api_secret":"…"}}}</code>
/// Only its owner may read it. Another source of keys gives the same: an <see cref="ExchangeKey"/> for a key
/// path.
/// </summary>
public sealed class KeyFile : IDisposable
{
    /// <summary>Room for some thousand keys.</summary>
    public const int LengthBytesMax = 1 << 20;

    private const UnixFileMode OthersMode =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly FrozenDictionary<string, ExchangeKey> _keys;

    private KeyFile(string path, FrozenDictionary<string, ExchangeKey> keys)
    {
        FilePath = path;
        _keys = keys;
    }

    public string FilePath { get; }

    /// <exception cref="KeyFileException">Missing, open to others, malformed, or with an incomplete
    /// key.</exception>
    public static KeyFile Load(string path)
    {
        byte[] content = ReadContent(path);
        try
        {
            return new(path, Parse(path, content));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    public bool Contains(string keyPath) => _keys.ContainsKey(keyPath);

    /// <exception cref="KeyFileException">There is no such key.</exception>
    public ExchangeKey Get(string keyPath) =>
        _keys.TryGetValue(keyPath, out ExchangeKey? key)
            ? key
            : throw new KeyFileException($"{FilePath}: there is no key '{keyPath}'");

    public void Dispose()
    {
        foreach (ExchangeKey key in _keys.Values)
        {
            key.Dispose();
        }
    }

    /// <summary>Names the file and counts its keys.</summary>
    public override string ToString() => $"{FilePath} ({_keys.Count} keys)";

    private static byte[] ReadContent(string path)
    {
        try
        {
            using var stream =
                new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            // The mode of the file that was opened, not of whatever bears its name a moment later.
            UnixFileMode mode = File.GetUnixFileMode(stream.SafeFileHandle);
            if ((mode & OthersMode) != 0)
            {
                string octal = Convert.ToString((int)mode, 8);
                throw new KeyFileException(
                    $"{path}: others may read it (mode {octal}); run: chmod 600 {path}");
            }

            if (stream.Length > LengthBytesMax)
            {
                throw new KeyFileException($"{path}: {stream.Length} bytes, more than {LengthBytesMax}");
            }

            byte[] content = GC.AllocateUninitializedArray<byte>((int)stream.Length, pinned: true);
            stream.ReadExactly(content);
            return content;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new KeyFileException($"{path}: {exception.Message}");
        }
    }

    private static FrozenDictionary<string, ExchangeKey> Parse(string path, ReadOnlySpan<byte> content)
    {
        var keys = new Dictionary<string, ExchangeKey>(StringComparer.Ordinal);
        try
        {
            ReadKeys(path, content, keys);
            return keys.ToFrozenDictionary(StringComparer.Ordinal);
        }
        catch (Exception exception)
            when (exception is JsonException or InvalidOperationException or KeyFileException)
        {
            foreach (ExchangeKey key in keys.Values)
            {
                key.Dispose();
            }

            // Only the place: a parser's message may quote what it read.
            throw exception switch
            {
                KeyFileException => exception,
                JsonException json =>
                    new KeyFileException($"{path}:{json.LineNumber + 1}: not well-formed JSON"),
                _ => new KeyFileException($"{path}: text that is not UTF-8"),
            };
        }
    }

    private static void ReadKeys(
        string path, ReadOnlySpan<byte> content, Dictionary<string, ExchangeKey> keys)
    {
        var reader = new Utf8JsonReader(content);
        Expect(ref reader, path, JsonTokenType.StartObject);
        Expect(ref reader, path, JsonTokenType.PropertyName);
        if (!reader.ValueTextEquals("keys"u8))
        {
            throw new KeyFileException($"{path}: the only member is 'keys'");
        }

        Expect(ref reader, path, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string keyPath = reader.GetString() ?? "";
            ExchangeKey key = ReadKey(ref reader, path, keyPath);
            if (!keys.TryAdd(keyPath, key))
            {
                key.Dispose();
                throw new KeyFileException($"{path}: key '{keyPath}' occurs twice");
            }
        }

        Expect(ref reader, path, JsonTokenType.EndObject);
        // Anything behind the end is malformed: reading on says so.
        _ = reader.Read();
    }

    private static ExchangeKey ReadKey(ref Utf8JsonReader reader, string path, string keyPath)
    {
        string? apiKey = null;
        byte[] secret = [];
        try
        {
            Expect(ref reader, path, JsonTokenType.StartObject);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string member = reader.GetString() ?? "";
                Expect(ref reader, path, JsonTokenType.String);
                if (member == "api_key")
                {
                    apiKey = reader.GetString();
                }
                else if (member == "api_secret" && secret.Length == 0)
                {
                    secret = GC.AllocateUninitializedArray<byte>(reader.ValueSpan.Length, pinned: true);
                    reader.ValueSpan.CopyTo(secret);
                    if (reader.ValueIsEscaped)
                    {
                        throw new KeyFileException($"{path}: key '{keyPath}': api_secret holds an escape");
                    }
                }
                else
                {
                    throw new KeyFileException(
                        $"{path}: key '{keyPath}': member '{member}' is unknown or repeated");
                }
            }

            return string.IsNullOrEmpty(apiKey) || secret.Length == 0
                ? throw new KeyFileException($"{path}: key '{keyPath}' needs api_key and api_secret")
                : new ExchangeKey(keyPath, apiKey, secret);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    private static void Expect(ref Utf8JsonReader reader, string path, JsonTokenType token)
    {
        if (!reader.Read() || reader.TokenType != token)
        {
            throw new KeyFileException($"{path}: expected {token}, found {reader.TokenType}");
        }
    }
}
