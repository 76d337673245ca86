using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Oms.Keys.Tests;

public sealed class KeyFileTests : IDisposable
{
    private const string Secret = "verysecretsecret";
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _folder = Directory.CreateTempSubdirectory("oms-keys-").FullName;

    private string FilePath => Path.Combine(_folder, "exchange-keys.json");

    [Fact]
    public void Key_signs_as_hmac_of_its_secret()
    {
        Write("""{"keys":{"binance_main":{"api_key":"public","api_secret":"verysecretsecret"}}}""");
        using KeyFile file = KeyFile.Load(FilePath);
        ExchangeKey key = file.Get("binance_main");
        byte[] mac = new byte[32];
        key.SignHmacSha256("payload"u8, mac);
        Assert.Equal("public", key.ApiKey);
        Assert.Equal(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), "payload"u8), mac);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead, "640")]
    [InlineData(UnixFileMode.OtherRead, "604")]
    [InlineData(UnixFileMode.OtherWrite, "602")]
    public void File_that_others_may_touch_is_refused(UnixFileMode others, string octal)
    {
        Write("""{"keys":{}}""", Private | others);
        string message = Refusal();
        Assert.Contains(FilePath, message);
        Assert.Contains($"mode {octal}", message);
        Assert.Contains($"chmod 600 {FilePath}", message);
    }

    [Theory]
    [InlineData("""{"keys":{"a":{"api_key":"k"}}}""", "key 'a' needs api_key and api_secret")]
    [InlineData("""{"keys":{"a":{"api_key":"","api_secret":"verysecretsecret"}}}""", "key 'a' needs")]
    [InlineData(
        """{"keys":{"a":{"api_secret":"verysecretsecret","api_kee":"k"}}}""", "'a': member 'api_kee'")]
    [InlineData(
        """{"keys":{"a":{"api_key":"k","api_secret":"very\u0073ecretsecret"}}}""", "'a': api_secret holds")]
    [InlineData(
        """
        {"keys":{"a":{"api_key":"k","api_secret":"verysecretsecret"},"a":{"api_key":"k","api_secret":"s"}}}
        """,
        "'a' occurs twice")]
    [InlineData("""{"keyz":{}}""", "the only member is 'keys'")]
    [InlineData(
        "{\n\"keys\":{\"a\":{\"api_key\":\"k\",\"api_secret\":\"verysecretsecret\"}", ":2: not well-formed")]
    [InlineData(
        """{"keys":{"a":{"api_key":"k","api_secret":"verysecretsecret"}}} more""", ":1: not well-formed")]
    [InlineData("""{"keys":{},"more":1}""", "expected EndObject")]
    [InlineData("[]", "expected StartObject")]
    public void What_is_wrong_is_named_without_the_secret(string content, string part)
    {
        Write(content);
        string message = Refusal();
        Assert.Contains(FilePath, message);
        Assert.Contains(part, message);
        Assert.DoesNotContain("secretsecret", message);
    }

    [Fact]
    public void Missing_file_and_missing_key_are_named()
    {
        Assert.Contains(FilePath, Refusal());
        Write("""{"keys":{}}""");
        using KeyFile file = KeyFile.Load(FilePath);
        KeyFileException exception = Assert.Throws<KeyFileException>(() => file.Get("binance_main"));
        Assert.Equal($"{FilePath}: there is no key 'binance_main'", exception.Message);
    }

    [Fact]
    public void Neither_half_of_a_key_is_ever_shown()
    {
        using var key = new ExchangeKey("binance_main", "publichalf", "verysecretsecret"u8);
        Assert.Equal("exchange key binance_main", key.ToString());
    }

    [Fact]
    public void Disposed_key_holds_zeros_and_signs_no_more()
    {
        var key = new ExchangeKey("binance_main", "public", "verysecretsecret"u8);
        var held = (byte[])typeof(ExchangeKey)
            .GetField("_secret", BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(key)!;
        Assert.Equal(Encoding.UTF8.GetBytes(Secret), held);
        key.Dispose();
        Assert.All(held, value => Assert.Equal(0, value));
        _ = Assert.Throws<ObjectDisposedException>(() => key.SignHmacSha256("payload"u8, new byte[32]));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Refusal() =>
        Assert.Throws<KeyFileException>(() => KeyFile.Load(FilePath).Dispose()).Message;

    private void Write(string content, UnixFileMode mode = Private)
    {
        File.WriteAllText(FilePath, content);
        File.SetUnixFileMode(FilePath, mode);
    }
}
