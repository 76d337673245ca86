using System.Text;
using Microsoft.Extensions.Time.Testing;
using Oms.Domain.Configuration;
using Oms.Domain.Instruments;
using Oms.Keys.Files;
using Oms.Testing;

namespace Oms.Keys.Tests;

/// <summary>A data folder with a key file at the least cost that there is.</summary>
internal sealed class KeyFiles : IDisposable
{
    public const string Passphrase = "correct horse battery";

    public static readonly KeyDerivationCost Cheap = new(8, 1, 1);
    public static readonly KeyOwner Main = new(new("binance", "main"), Market.Spot);
    public static readonly KeyOwner Sub = new(new("binance", "sub"), Market.Futures);

    private readonly TemporaryFolder _folder = new("keys");

    public KeyFiles()
    {
        _ = Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!); // A file in a folder.
        WritePassphrase(Passphrase);
    }

    public FakeTimeProvider Clock { get; } = new(new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero));

    public DataFolder Data => new(_folder.Path);

    public string Path => Data.ExchangeKeysFile;

    public static KeyPair Pair(string name) => KeyPair.Of(name, Encoding.ASCII.GetBytes($"secret_of_{name}"));

    public void WritePassphrase(string text)
    {
        File.WriteAllText(Data.KeysPassphraseFile, text + "\n");
        File.SetUnixFileMode(Data.KeysPassphraseFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public KeyFileChange Begin(string passphrase = Passphrase)
    {
        using var typed = Files.Passphrase.Typed(Encoding.UTF8.GetBytes(passphrase));
        return KeyFileChange.Begin(Path, typed, Cheap, Clock);
    }

    public void Change(Action<KeyFileChange> change)
    {
        using KeyFileChange file = Begin();
        change(file);
        file.Commit();
    }

    public ExchangeKey[] Read(string passphrase = Passphrase)
    {
        using var typed = Files.Passphrase.Typed(Encoding.UTF8.GetBytes(passphrase));
        return [.. KeyFile.Read(Path, typed)];
    }

    public void Dispose() => _folder.Dispose();
}
