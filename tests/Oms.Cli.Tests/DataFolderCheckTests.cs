using Oms.Cli.Checks;
using Oms.Domain.Configuration;

namespace Oms.Cli.Tests;

public sealed class DataFolderCheckTests(PreparedFolder prepared) : IClassFixture<PreparedFolder>, IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("oms-check-").FullName;

    private DataFolder Data => new(Path.Combine(_root, "data"));

    [Fact]
    public void A_folder_that_was_prepared_is_good()
    {
        Prepare();

        DataFolderCheck.Check(Data);

        Assert.False(File.Exists(Path.Combine(Data.Run, "write.probe")));
    }

    [Theory]
    [InlineData("run/nats.password", "")]
    [InlineData("run/nats.password", "two\nlines")]
    [InlineData("run/operator.token", "short")]
    [InlineData("run/identities.json", "{}")]
    [InlineData("run/identities.json", "[1]")]
    [InlineData("run/tls/ca.crt", "no certificate")]
    [InlineData("run/tls/ca.key", "no key")]
    [InlineData("simulator/accounts.json", "{\"accounts\":[{\"name\":\"main\",\"api_key\":\"only\"}]}")]
    public void A_damaged_file_is_named(string file, string text)
    {
        Prepare();
        string path = Path.Combine(Data.Path, file);
        File.WriteAllText(path, text);

        var exception = Assert.Throws<RefusedException>(() => DataFolderCheck.Check(Data));

        string named =
            file.EndsWith("ca.key", StringComparison.Ordinal) ? Path.ChangeExtension(path, "crt") : path;
        Assert.StartsWith($"{named} is damaged: ", exception.Message);
        Assert.DoesNotContain("only", exception.Message);
    }

    [Fact]
    public void A_damaged_key_file_is_named_and_nobody_is_told_to_remove_it()
    {
        Prepare();
        byte[] bytes = File.ReadAllBytes(Data.ExchangeKeysFile);
        bytes[^40] ^= 1;
        File.WriteAllBytes(Data.ExchangeKeysFile, bytes);

        var exception = Assert.Throws<RefusedException>(() => DataFolderCheck.Check(Data));

        Assert.Equal(
            $"{Data.ExchangeKeysFile} is damaged: its checksum does not fit; nothing was changed, restore it",
            exception.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("run")]
    [InlineData("run/tls")]
    [InlineData("nats")]
    public void A_file_in_the_place_of_a_folder_is_named(string folder)
    {
        string path = Path.TrimEndingDirectorySeparator(Path.Combine(Data.Path, folder));
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? _root);
        File.WriteAllText(path, "");

        var exception = Assert.Throws<RefusedException>(() => DataFolderCheck.Check(Data));

        Assert.Contains($"{path} is a file, not a folder", exception.Message);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_told()
    {
        var exception = Assert.Throws<RefusedException>(() => DataFolderCheck.Check(new("/proc/nowhere")));

        Assert.StartsWith("the data folder /proc/nowhere cannot be used: ", exception.Message);
    }

    [Fact]
    public void A_folder_in_the_place_of_a_file_is_named()
    {
        Prepare();
        File.Delete(Data.OperatorTokenFile);
        Directory.CreateDirectory(Data.OperatorTokenFile);

        var exception = Assert.Throws<RefusedException>(() => DataFolderCheck.Check(Data));

        Assert.StartsWith($"{Data.OperatorTokenFile} is damaged: ", exception.Message);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private void Prepare() => prepared.CopyTo(Data.Path);
}
