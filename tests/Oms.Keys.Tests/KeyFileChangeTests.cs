using Oms.Keys.Files;

namespace Oms.Keys.Tests;

/// <summary>Adding, rotating and removing keys.</summary>
public sealed class KeyFileChangeTests : IDisposable
{
    private readonly KeyFiles _files = new();

    [Fact]
    public void Keys_are_added_behind_or_in_front_and_priorities_stay_without_gaps()
    {
        _files.Change(file =>
        {
            _ = file.Add(KeyFiles.Main, KeyFiles.Pair("a"));
            _ = file.Add(KeyFiles.Main, KeyFiles.Pair("b"));
            _ = file.Add(KeyFiles.Sub, KeyFiles.Pair("a"));
            _ = file.Add(KeyFiles.Main, KeyFiles.Pair("c"), priority: 1);
            _ = file.Add(KeyFiles.Main, KeyFiles.Pair("d"), priority: 8);
        });
        Assert.Equal(["1 c", "2 a", "3 b", "4 d"], Order(KeyFiles.Main));
        Assert.Equal(["1 a"], Order(KeyFiles.Sub));

        _files.Change(file => file.Remove("1"));
        Assert.Equal(["1 c", "2 b", "3 d"], Order(KeyFiles.Main));
        Assert.Equal(["1 a"], Order(KeyFiles.Sub));
    }

    [Fact]
    public void A_rotated_key_stays_right_behind_the_new_one()
    {
        _files.Change(file =>
        {
            _ = file.Add(KeyFiles.Main, KeyFiles.Pair("first"));
            _ = file.Add(KeyFiles.Main, KeyFiles.Pair("standby"));
        });

        _files.Change(file => Assert.Equal(
            ("3", KeyFiles.Main, 1), IdOwnerPriority(file.Rotate("1", KeyFiles.Pair("second")))));

        Assert.Equal(["1 second", "2 first", "3 standby"], Order(KeyFiles.Main));
    }

    [Fact]
    public void Ids_are_counted_and_never_given_out_again()
    {
        _files.Change(file => _ = file.Add(KeyFiles.Main, KeyFiles.Pair("a")));
        _files.Change(file => _ = file.Remove("1"));
        _files.Change(file => _ = file.Add(KeyFiles.Main, KeyFiles.Pair("b")));
        Assert.Equal("2", _files.Read().Single().Id);
    }

    [Fact]
    public void What_cannot_be_done_is_said_and_nothing_is_written()
    {
        _files.Change(file =>
        {
            for (int number = 1; number <= KeyFileChange.KeysPerOwnerMax; number++)
            {
                _ = file.Add(KeyFiles.Main, KeyFiles.Pair($"key{number}"));
            }
        });
        byte[] before = File.ReadAllBytes(_files.Path);

        Assert.Equal($"{_files.Path}: there is no key 9", Refusal(file => file.Remove("9")));
        Assert.Equal(
            $"{_files.Path}: there is no key 9", Refusal(file => file.Rotate("9", KeyFiles.Pair("x"))));
        Assert.Equal(
            "binance/main spot has this API key already, as key 3",
            Refusal(file => file.Add(KeyFiles.Main, KeyFiles.Pair("key3"))));
        Assert.Equal(
            "binance/main spot has 8 keys, as many as there may be",
            Refusal(file => file.Add(KeyFiles.Main, KeyFiles.Pair("key9"))));
        Assert.Equal(before, File.ReadAllBytes(_files.Path));
    }

    [Fact]
    public void A_change_that_is_not_committed_leaves_the_file_as_it_was()
    {
        _files.Change(file => _ = file.Add(KeyFiles.Main, KeyFiles.Pair("a")));
        byte[] before = File.ReadAllBytes(_files.Path);

        using (KeyFileChange change = _files.Begin())
        {
            _ = change.Add(KeyFiles.Main, KeyFiles.Pair("b"));
        }

        Assert.Equal(before, File.ReadAllBytes(_files.Path));
    }

    [Fact]
    public void Two_do_not_change_the_file_at_the_same_time()
    {
        using (KeyFileChange first = _files.Begin())
        {
            KeysException problem = Assert.Throws<KeysException>(() => _files.Begin());
            Assert.StartsWith($"{_files.Path} cannot be changed now: ", problem.Message);
            _ = first.Add(KeyFiles.Main, KeyFiles.Pair("a"));
            first.Commit();
        }

        _files.Change(file => _ = file.Add(KeyFiles.Main, KeyFiles.Pair("b")));
        Assert.Equal(["1 a", "2 b"], Order(KeyFiles.Main));
    }

    [Fact]
    public void A_write_that_fails_leaves_the_old_file_and_says_so()
    {
        _files.Change(file => _ = file.Add(KeyFiles.Main, KeyFiles.Pair("a")));
        using KeyFileChange change = _files.Begin();
        _ = change.Add(KeyFiles.Main, KeyFiles.Pair("b"));
        // In the way of the new content: a folder that cannot be deleted like a file.
        _ = Directory.CreateDirectory(_files.Path + ".next");

        string problem = Assert.Throws<KeysException>(change.Commit).Message;

        Assert.StartsWith($"{_files.Path} cannot be written: ", problem);
        Assert.Equal(["1 a"], Order(KeyFiles.Main));
        Directory.Delete(_files.Path + ".next");
        change.Commit();
        Assert.Equal(["1 a", "2 b"], Order(KeyFiles.Main));
    }

    [Fact]
    public void What_a_crash_left_beside_the_file_is_in_nobodys_way()
    {
        File.WriteAllText(_files.Path + ".next", "half of a fi");
        _files.Change(file => _ = file.Add(KeyFiles.Main, KeyFiles.Pair("a")));
        Assert.Equal(["1 a"], Order(KeyFiles.Main));
        Assert.False(File.Exists(_files.Path + ".next"));
    }

    [Fact]
    public void A_new_file_asks_for_a_passphrase_that_is_worth_the_name()
    {
        KeysException problem = Assert.Throws<KeysException>(() => _files.Begin("short"));
        Assert.Equal(
            $"{_files.Path} is not made: the passphrase as typed has less than 12 bytes", problem.Message);
        Assert.False(File.Exists(_files.Path));
    }

    [Fact]
    public void A_made_passphrase_is_the_owners_alone_and_opens_what_it_closed()
    {
        string path = _files.Data.KeysPassphraseFile;
        Passphrase.MakeFile(path);
        using var passphrase = Passphrase.ReadFile(path);
        using (var file = KeyFileChange.Begin(_files.Path, passphrase, KeyFiles.Cheap, _files.Clock))
        {
            _ = file.Add(KeyFiles.Main, KeyFiles.Pair("a"));
            file.Commit();
        }

        Assert.Equal("a", Assert.Single(KeyFile.Read(_files.Path, passphrase)).ApiKey);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Matches("^[0-9a-f]{64}\n$", File.ReadAllText(path));
    }

    public void Dispose() => _files.Dispose();

    private static (string Id, KeyOwner Owner, int Priority) IdOwnerPriority(ExchangeKey key) =>
        (key.Id, key.Owner, key.Priority);

    private string[] Order(KeyOwner owner) =>
        [.. _files.Read().Where(key => key.Owner == owner).Select(key => $"{key.Priority} {key.ApiKey}")];

    private string Refusal(Action<KeyFileChange> change) =>
        Assert.Throws<KeysException>(() => _files.Change(change)).Message;
}
