using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Oms.Keys.Files;

/// <summary>
/// A change of the key file by one process at a time. Nothing of it is on disk before <see cref="Commit"/>,
/// and all of it after.
/// </summary>
public sealed class KeyFileChange : IDisposable
{
    /// <summary>Keys of one owner; priorities go from 1 to it.</summary>
    public const int KeysPerOwnerMax = 8;

    private readonly string _path;
    private readonly FileStream _lock;
    private readonly KeyFileKey _fileKey;
    private readonly TimeProvider _clock;
    private KeyFileContent _content;

    private KeyFileChange(
        string path, FileStream locked, KeyFileContent content, KeyFileKey fileKey, TimeProvider clock) =>
        (_path, _lock, _content, _fileKey, _clock) = (path, locked, content, fileKey, clock);

    /// <summary>Each owner's in the order of their priority.</summary>
    public ImmutableArray<ExchangeKey> Keys => _content.Keys;

    /// <param name="path">A file that does not exist is made at <see cref="Commit"/>.</param>
    /// <param name="cost">Of a new file; an existing one keeps its own.</param>
    /// <exception cref="KeysException">Another process is changing the file, it cannot be read, or the
    /// passphrase of a new one is too short.</exception>
    public static KeyFileChange Begin(
        string path, Passphrase passphrase, KeyDerivationCost cost, TimeProvider clock)
    {
        FileStream locked = Lock(path);
        try
        {
            (KeyFileContent content, KeyFileKey fileKey) = File.Exists(path)
                ? KeyFile.Open(path, passphrase, known: null)
                : (KeyFileContent.Empty, NewKey(path, passphrase, cost));
            return new(path, locked, content, fileKey, clock);
        }
        catch
        {
            locked.Dispose();
            throw;
        }
    }

    /// <summary>Adds a key behind the owner's others, or in front of the one that has the priority.</summary>
    /// <param name="pair">Becomes the file's own.</param>
    /// <param name="priority">From 1; null for the last.</param>
    /// <exception cref="KeysException">The owner has the same key already, or as many as there may
    /// be.</exception>
    public ExchangeKey Add(KeyOwner owner, KeyPair pair, int? priority = null)
    {
        ImmutableArray<ExchangeKey> others = KeysOf(owner);
        if (others.FirstOrDefault(key => key.ApiKey == pair.ApiKey) is { } same)
        {
            throw new KeysException($"{owner} has this API key already, as key {same.Id}");
        }

        if (others.Length == KeysPerOwnerMax)
        {
            throw new KeysException($"{owner} has {KeysPerOwnerMax} keys, as many as there may be");
        }

        int index = Math.Clamp((priority ?? int.MaxValue) - 1, 0, others.Length);
        var added = new ExchangeKey($"{_content.NextId}", owner, index + 1, _clock.GetUtcNow(), pair);
        _content = _content with { NextId = _content.NextId + 1 };
        SetKeysOf(owner, others.Insert(index, added));
        return added;
    }

    /// <summary>
    /// Puts a new key in the place of an old one, which stays right behind it: whoever trades proves the new
    /// one before it lets go of the old, also when it is started anew in between.
    /// </summary>
    /// <param name="id">Of the old key.</param>
    /// <param name="pair">Becomes the file's own.</param>
    /// <exception cref="KeysException">There is no such key, or as <see cref="Add"/>.</exception>
    public ExchangeKey Rotate(string id, KeyPair pair)
    {
        ExchangeKey old = Find(id);
        return Add(old.Owner, pair, old.Priority);
    }

    /// <returns>The key that is gone; disposed.</returns>
    /// <exception cref="KeysException">There is no such key.</exception>
    public ExchangeKey Remove(string id)
    {
        ExchangeKey removed = Find(id);
        SetKeysOf(removed.Owner, KeysOf(removed.Owner).Remove(removed));
        removed.Dispose();
        return removed;
    }

    /// <exception cref="KeysException">The file cannot be written, or would be too long; it is as it
    /// was.</exception>
    public void Commit()
    {
        byte[] file = KeyFileFormat.Seal(_content, _fileKey);
        if (file.Length > KeyFileFormat.LengthBytesMax)
        {
            throw new KeysException(
                $"{_path} is not written: it would be longer than {KeyFileFormat.LengthBytesMax} bytes");
        }

        PrivateFile.Replace(_path, file);
    }

    public void Dispose()
    {
        foreach (ExchangeKey key in _content.Keys)
        {
            key.Dispose();
        }

        _fileKey.Dispose();
        _lock.Dispose();
    }

    // Beside the file: the file itself is replaced, and a lock on it with it.
    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(path + ".lock", new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new KeysException($"{path} cannot be changed now: {exception.Message}");
        }
    }

    private static KeyFileKey NewKey(string path, Passphrase passphrase, KeyDerivationCost cost) =>
        passphrase.Text.Length < Passphrase.LengthBytesMin
            ? throw new KeysException(
                $"{path} is not made: the {passphrase} has less than {Passphrase.LengthBytesMin} bytes")
            : KeyFileKey.Derive(
                passphrase, cost, RandomNumberGenerator.GetBytes(KeyFileHeader.SaltLength));

    private ImmutableArray<ExchangeKey> KeysOf(KeyOwner owner) =>
        [.. _content.Keys.Where(key => key.Owner == owner)];

    private void SetKeysOf(KeyOwner owner, ImmutableArray<ExchangeKey> keys) => _content = _content with
    {
        Keys =
        [
            .. _content.Keys.Where(key => key.Owner != owner),
            .. keys.Select((key, index) => key.WithPriority(index + 1)),
        ],
    };

    private ExchangeKey Find(string id) =>
        _content.Keys.FirstOrDefault(key => key.Id == id)
        ?? throw new KeysException($"{_path}: there is no key {id}");
}
