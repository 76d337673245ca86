using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Oms.Keys.Files;
using Oms.Keys.Memory;

namespace Oms.Keys.Tests;

/// <summary>The key file: what is written comes back, what is wrong is refused, nothing is lost.</summary>
public sealed class KeyFileTests : IDisposable
{
    private readonly KeyFiles _files = new();

    [Fact]
    public void Keys_come_back_as_they_were_written()
    {
        byte[] pem = Encoding.ASCII.GetBytes(Signatures.Rfc8410Pem);
        _files.Change(file =>
        {
            _ = file.Add(KeyFiles.Main, KeyFiles.Pair("one"));
            _files.Clock.Advance(TimeSpan.FromMinutes(1));
            _ = file.Add(KeyFiles.Sub, KeyPair.Of("two", pem));
        });

        ExchangeKey[] keys = _files.Read();

        Assert.Equal(
            [
                ("1", KeyFiles.Main, 1, "one", ExchangeKeyKind.HmacSha256),
                ("2", KeyFiles.Sub, 1, "two", ExchangeKeyKind.Ed25519),
            ],
            keys.Select(key => (key.Id, key.Owner, key.Priority, key.ApiKey, key.Kind)));
        Assert.Equal(TimeSpan.FromMinutes(1), keys[1].Created - keys[0].Created);
        Assert.Equal(Signatures.Hmac("secret_of_one", "m"), Signatures.Of(keys[0], "m"));
        Assert.True(Signatures.IsOfRfc8410(Signatures.Of(keys[1], "m"), "m"));
    }

    [Fact]
    public void Any_keys_come_back_in_their_order() => Gen.Select(
            Gen.Bool.Select(isMain => isMain ? KeyFiles.Main : KeyFiles.Sub),
            Gen.String[Gen.Char['!', '~'], 1, 128],
            Gen.String[Gen.Char['!', '~'], 1, 512].Where(text => !text.StartsWith('-')),
            Gen.Long[0, 4_102_444_800_000])
        .Array[0, 16]
        .Sample(
            entries =>
            {
                ExchangeKey[] keys = [.. entries.Select((entry, index) => new ExchangeKey(
                    $"{index}", entry.Item1,
                    entries.Take(index + 1).Count(before => before.Item1 == entry.Item1),
                    DateTimeOffset.FromUnixTimeMilliseconds(entry.Item4),
                    KeyPair.Of(entry.Item2, Encoding.ASCII.GetBytes(entry.Item3))))];
                using var plain = new KeyFileContent(7, [.. keys]).Encode();
                using SecretBytes.Lease lease = plain.Open();
                KeyFileContent back = KeyFileContent.Decode(lease.Bytes);
                bool isSame = back.NextId == 7 && back.Keys.Length == keys.Length
                    && keys.Zip(back.Keys).All(pair => IsSame(pair.First, pair.Second));
                Array.ForEach([.. keys, .. back.Keys], key => key.Dispose());
                return isSame;
            },
            iter: 200);

    [Fact]
    public void Any_flipped_bit_and_any_cut_is_refused_and_named()
    {
        _files.Change(file => file.Add(KeyFiles.Main, KeyFiles.Pair("one")));
        byte[] good = File.ReadAllBytes(_files.Path);
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Int[0, 7]).Sample(
            place =>
            {
                byte[] bad = [.. good];
                bad[place.Item1] ^= (byte)(1 << place.Item2);
                return IsRefused(bad);
            },
            iter: 500, threads: 1);
        Gen.Int[0, good.Length - 1].Sample(length => IsRefused(good[..length]), iter: 100, threads: 1);
        Assert.True(IsRefused([.. good, 0]));
        File.WriteAllBytes(_files.Path, good);
        Assert.Equal("one", _files.Read().Single().ApiKey);
    }

    [Fact]
    public void Bytes_changed_by_somebody_who_mends_the_checksum_do_not_open()
    {
        _files.Change(file => file.Add(KeyFiles.Main, KeyFiles.Pair("one")));
        byte[] good = File.ReadAllBytes(_files.Path);
        // Passes, salt, nonce, ciphertext, tag: each is authenticated.
        foreach (int place in (int[])[12, 20, 36, 48, good.Length - 33])
        {
            byte[] bad = [.. good];
            bad[place] ^= 2;
            SHA256.HashData(bad.AsSpan()[..^32]).CopyTo(bad.AsSpan()[^32..]);
            File.WriteAllBytes(_files.Path, bad);
            Assert.Equal($"{_files.Path} does not open: the passphrase as typed is wrong", Refusal());
        }
    }

    [Theory]
    [InlineData(1 << 21, 3, 4)]
    [InlineData(65_536, 17, 4)]
    [InlineData(65_536, 0, 4)]
    [InlineData(31, 3, 4)]
    [InlineData(65_536, 3, -1)]
    public void A_cost_out_of_bounds_is_refused_before_it_is_paid(int memory, int passes, int lanes)
    {
        _files.Change(file => file.Add(KeyFiles.Main, KeyFiles.Pair("one")));
        byte[] bytes = File.ReadAllBytes(_files.Path);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), memory);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), passes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), lanes);
        SHA256.HashData(bytes.AsSpan()[..^32]).CopyTo(bytes.AsSpan()[^32..]);
        File.WriteAllBytes(_files.Path, bytes);

        Assert.StartsWith($"{_files.Path} asks for a cost that is out of bounds: ", Refusal());
    }

    [Fact]
    public void A_wrong_passphrase_is_told_from_damage_and_changes_nothing()
    {
        _files.Change(file => file.Add(KeyFiles.Main, KeyFiles.Pair("one")));
        byte[] before = File.ReadAllBytes(_files.Path);

        Assert.Equal(
            $"{_files.Path} does not open: the passphrase as typed is wrong",
            Assert.Throws<KeysException>(() => _files.Read("another horse battery")).Message);
        Assert.Equal(
            $"{_files.Path} does not open: the passphrase as typed is wrong",
            Assert.Throws<KeysException>(() => _files.Begin("another horse battery")).Message);

        Assert.Equal(before, File.ReadAllBytes(_files.Path));
        KeyFile.Check(_files.Path);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead, "640")]
    [InlineData(UnixFileMode.OtherRead, "604")]
    [InlineData(UnixFileMode.OtherWrite, "602")]
    [InlineData(UnixFileMode.GroupExecute, "610")]
    public void A_file_that_others_may_touch_is_refused(UnixFileMode others, string octal)
    {
        _files.Change(file => file.Add(KeyFiles.Main, KeyFiles.Pair("one")));
        File.SetUnixFileMode(_files.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | others);

        Assert.Equal(
            $"{_files.Path}: others may touch it (mode {octal}); run: chmod 600 {_files.Path}", Refusal());
    }

    [Fact]
    public void A_file_that_is_no_key_file_or_is_missing_is_named()
    {
        Assert.StartsWith($"{_files.Path}: Could not find file", Refusal());
        File.WriteAllText(_files.Path, """{"keys":{}}""");
        File.SetUnixFileMode(_files.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Equal($"{_files.Path} is no key file of this version of oms, or is damaged", Refusal());
    }

    [Fact]
    public void The_file_shows_no_half_of_a_key_nor_whose_it_is()
    {
        _files.Change(file => file.Add(KeyFiles.Main, KeyFiles.Pair("publichalf")));

        string bytes = Encoding.Latin1.GetString(File.ReadAllBytes(_files.Path));

        Assert.StartsWith("OMSKEYS1", bytes);
        Assert.All(
            (string[])["publichalf", "secret_of", "binance", "main"],
            text => Assert.DoesNotContain(text, bytes));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_files.Path));
    }

    [Fact]
    public void The_standard_cost_is_written_into_the_file_and_kept()
    {
        using (var passphrase = Passphrase.ReadFile(_files.Data.KeysPassphraseFile))
        using (var file = KeyFileChange.Begin(
            _files.Path, passphrase, KeyDerivationCost.Standard, _files.Clock))
        {
            _ = file.Add(KeyFiles.Main, KeyFiles.Pair("one"));
            file.Commit();
        }

        _files.Change(file => file.Add(KeyFiles.Main, KeyFiles.Pair("two")));

        KeyFileHeader header = KeyFileHeader.Read(File.ReadAllBytes(_files.Path));
        Assert.Equal(new KeyDerivationCost(64 * 1024, 3, 4), header.Cost);
        Assert.Equal(2, _files.Read().Length);
    }

    [Fact]
    public void A_nonce_is_never_used_twice_and_the_salt_stays()
    {
        var nonces = new HashSet<string>();
        var salts = new HashSet<string>();
        for (int i = 0; i < 20; i++)
        {
            _files.Change(_ => { });
            KeyFileHeader header = KeyFileHeader.Read(File.ReadAllBytes(_files.Path));
            Assert.True(nonces.Add(Convert.ToHexString(header.Nonce)));
            _ = salts.Add(Convert.ToHexString(header.Salt));
        }

        _ = Assert.Single(salts);
    }

    public void Dispose() => _files.Dispose();

    private static bool IsSame(ExchangeKey one, ExchangeKey other) =>
        (one.Id, one.Owner, one.Priority) == (other.Id, other.Owner, other.Priority)
        && one.Created == other.Created && one.Is(other.Pair) && one.Kind == other.Kind;

    private bool IsRefused(byte[] bytes)
    {
        File.WriteAllBytes(_files.Path, bytes);
        string message = Refusal();
        return message.StartsWith(_files.Path, StringComparison.Ordinal)
            && message.Contains("damaged", StringComparison.Ordinal);
    }

    private string Refusal() => Assert.Throws<KeysException>(() => _files.Read()).Message;
}
