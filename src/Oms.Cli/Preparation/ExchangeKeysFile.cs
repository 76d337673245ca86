using System.Collections.Immutable;

namespace Oms.Cli.Preparation;

/// <summary>Exchange keys by key path, as the connectors read them.</summary>
internal sealed record ExchangeKeysFile(ImmutableSortedDictionary<string, ExchangeKeysFile.ExchangeKey> Keys)
{
    private const int KeyLength = 64;

    public static ExchangeKeysFile Read(string path) =>
        JsonFile.Read(path, PreparationJson.Default.ExchangeKeysFile);

    /// <summary>The file with a key for each path: those it has are kept, the others are made.</summary>
    public static ExchangeKeysFile ReadOrMake(string path, IEnumerable<string> keyPaths)
    {
        ImmutableSortedDictionary<string, ExchangeKey> known =
            File.Exists(path) ? Read(path).Keys : ImmutableSortedDictionary<string, ExchangeKey>.Empty;
        ImmutableSortedDictionary<string, ExchangeKey> all = known.AddRange(
            keyPaths.Where(keyPath => !known.ContainsKey(keyPath)).Select(keyPath => KeyValuePair.Create(
                keyPath, new ExchangeKey(Secret.Make(KeyLength), Secret.Make(KeyLength)))));
        var file = new ExchangeKeysFile(all);
        if (all != known)
        {
            JsonFile.Write(path, file, PreparationJson.Default.ExchangeKeysFile);
        }

        return file;
    }

    /// <summary>Prints as nothing: a key belongs into no message.</summary>
    internal sealed record ExchangeKey(string ApiKey, string ApiSecret)
    {
        public override string ToString() => nameof(ExchangeKey);
    }
}
