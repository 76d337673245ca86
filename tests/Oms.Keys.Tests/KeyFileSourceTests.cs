using Oms.Domain.Configuration;
using Oms.Keys.Files;

namespace Oms.Keys.Tests;

/// <summary>The key file, followed while it changes.</summary>
public sealed class KeyFileSourceTests : IDisposable
{
    private readonly KeyFiles _files = new();
    private readonly KeyFileSource _source;

    public KeyFileSourceTests() => _source = new(_files.Data, [KeyFiles.Main, KeyFiles.Sub]);

    [Fact]
    public async Task Only_owners_whose_keys_changed_are_read_again()
    {
        Add(KeyFiles.Main, "one");
        Add(KeyFiles.Sub, "other");
        KeyReading[] first = await Read();
        Assert.Equal(["one", "other"], first.Select(reading => reading.Keys.Single().ApiKey));
        Assert.Empty(await Read());

        _files.Change(file => _ = file.Rotate("1", KeyFiles.Pair("two")));

        KeyReading changed = Assert.Single(await Read());
        Assert.Equal(KeyFiles.Main, changed.Status.Owner);
        Assert.Equal(["two", "one"], changed.Keys.Select(key => key.ApiKey));
        Assert.Equal(Signatures.Hmac("secret_of_two", "m"), Signatures.Of(changed.Keys[0], "m"));
        Assert.Empty(await Read());
    }

    [Fact]
    public async Task Keys_that_are_missing_are_told_with_the_command_that_adds_them()
    {
        Assert.Equal(
            [
                $"binance/main spot: {_files.Path} does not exist; " +
                "make it with: oms keys add binance/main spot",
                $"binance/sub futures: {_files.Path} does not exist; " +
                "make it with: oms keys add binance/sub futures",
            ],
            (await Read()).Select(reading => reading.Status.ToString()));

        Add(KeyFiles.Main, "one");
        Assert.Equal(KeyFiles.Main, Assert.Single(await Read()).Status.Owner);

        _files.Change(file => _ = file.Remove("1"));
        KeyStatus status = Assert.Single(await Read()).Status;
        Assert.Equal(
            new KeyStatus(
                KeyFiles.Main, KeyStanding.Missing,
                $"{_files.Path} has no key of it; add one with: oms keys add binance/main spot"),
            status);
    }

    [Fact]
    public async Task A_file_that_does_not_open_is_told_each_time_and_tried_again_when_it_changes()
    {
        Add(KeyFiles.Main, "one");
        _files.WritePassphrase("another horse battery");
        string wrong =
            $"{_files.Path} does not open: the passphrase from {_files.Data.KeysPassphraseFile} is wrong";
        Assert.Equal(wrong, (await Assert.ThrowsAsync<KeysException>(Read)).Message);
        Assert.Equal(wrong, (await Assert.ThrowsAsync<KeysException>(Read)).Message);

        _files.WritePassphrase(KeyFiles.Passphrase);
        Assert.Equal(2, (await Read()).Length);

        File.SetUnixFileMode(_files.Path, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Assert.Contains("others may touch it", (await Assert.ThrowsAsync<KeysException>(Read)).Message);
        File.SetUnixFileMode(_files.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Empty(await Read());
    }

    [Fact]
    public async Task A_passphrase_that_is_missing_is_told_with_both_places()
    {
        Add(KeyFiles.Main, "one");
        File.Delete(_files.Data.KeysPassphraseFile);
        Assert.Equal(
            $"{_files.Data.KeysPassphraseFile} does not exist: put the passphrase of the key file there, " +
            "with mode 0600, or name its file in OMS_KEYS_PASSPHRASE_FILE",
            (await Assert.ThrowsAsync<KeysException>(Read)).Message);
    }

    [Fact]
    public async Task Keys_are_opened_from_the_file_that_the_configuration_names_by_default()
    {
        Add(KeyFiles.Main, "one");
        using var log = new LogMemory();

        using ExchangeKeys keys = await ExchangeKeys.Open(
            new() { Source = KeySource.File }, _files.Data, [VaultDeployment.Account("main")],
            Domain.Instruments.MarketFlags.Spot, _files.Clock, log, default);

        Assert.Equal("one", keys.Of(KeyFiles.Main).Current?.ApiKey);
        Assert.Throws<KeyNotFoundException>(() => keys.Of(KeyFiles.Sub));
    }

    public void Dispose()
    {
        _source.Dispose();
        _files.Dispose();
    }

    private void Add(KeyOwner owner, string name) =>
        _files.Change(file => _ = file.Add(owner, KeyFiles.Pair(name)));

    private async Task<KeyReading[]> Read() => [.. await _source.ReadChanged(default)];
}
