using System.Collections.Immutable;
using Oms.Domain.Configuration;

namespace Oms.Keys.Files;

/// <summary>Gives out the keys of the key file, and again when the file was replaced.</summary>
internal sealed class KeyFileSource(DataFolder data, ImmutableArray<KeyOwner> owners) : IKeySource
{
    private readonly string _path = data.ExchangeKeysFile;
    private readonly string _passphrasePath = Passphrase.FileFor(data);
    private readonly Dictionary<KeyOwner, string> _given = [];
    private KeyFileKey? _fileKey;
    private string? _seen;
    private KeysException? _failure;

    public Task<ImmutableArray<KeyReading>> ReadChanged(CancellationToken cancellation) =>
        Task.FromResult(ReadChanged());

    public void Dispose() => _fileKey?.Dispose();

    private ImmutableArray<KeyReading> ReadChanged()
    {
        // Before it is read: what is replaced meanwhile is seen the next time.
        string now = $"{StampOf(_path)} {StampOf(_passphrasePath)}";
        if (now == _seen)
        {
            // What failed would fail again, at the cost of deriving the key each time.
            return _failure is null ? [] : throw _failure;
        }

        (_seen, _failure) = (now, null);
        try
        {
            return File.Exists(_path)
                ? Readings(ReadKeys(), $"{_path} has no key of it; add one")
                : Readings([], $"{_path} does not exist; make it");
        }
        catch (KeysException exception)
        {
            _failure = exception;
            throw;
        }
    }

    private ImmutableArray<ExchangeKey> ReadKeys()
    {
        using Passphrase passphrase = Passphrase.ReadFile(_passphrasePath);
        (KeyFileContent content, KeyFileKey fileKey) = KeyFile.Open(_path, passphrase, _fileKey);
        if (fileKey != _fileKey)
        {
            _fileKey?.Dispose();
            _fileKey = fileKey;
        }

        return content.Keys;
    }

    private ImmutableArray<KeyReading> Readings(ImmutableArray<ExchangeKey> keys, string problem)
    {
        var readings = ImmutableArray.CreateBuilder<KeyReading>();
        ILookup<KeyOwner, ExchangeKey> byOwner = keys.ToLookup(key => key.Owner);
        foreach (KeyOwner owner in owners)
        {
            string identity = string.Join(' ', byOwner[owner].Select(key => key.Pair.Identity));
            if (_given.GetValueOrDefault(owner) != identity)
            {
                _given[owner] = identity;
                readings.Add(identity.Length > 0
                    ? KeyReading.Of(owner, [.. byOwner[owner]])
                    : KeyReading.Nothing(
                        owner, KeyStanding.Missing,
                        $"{problem} with: oms keys add {owner.Account} {owner.MarketToken}"));
            }
        }

        foreach (ExchangeKey unasked in keys.Except(readings.SelectMany(reading => reading.Keys)))
        {
            unasked.Dispose();
        }

        return readings.ToImmutable();
    }

    private static string StampOf(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? $"{file.LastWriteTimeUtc.Ticks}:{file.Length}:{file.UnixFileMode}" : "-";
    }
}
