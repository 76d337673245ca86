using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Text;
using Oms.Keys.Files;
using Oms.Keys.Memory;
using Oms.Keys.Vault;
using static Oms.Keys.Tests.VaultDeployment;

namespace Oms.Keys.Tests;

/// <summary>
/// Everything that can go right and wrong is made to happen; whatever was logged, thrown (caught or not) or
/// printed is searched for the secrets.
/// </summary>
public sealed class DisclosureTests : IDisposable
{
    private const string ApiKey = "APIKEYzfh1q";
    private const string Secret = "SECRETw8k2m";
    private const string Typed = "PASSPHRASE-x7vp3";
    private const string VaultSecretId = "SECRETIDt5rq9";

    /// <summary>The middle of the PEM of RFC 8410, and parts of the others.</summary>
    private static readonly string[] Secrets =
        ["zfh1q", "w8k2m", "x7vp3", "t5rq9", "5b1a0318679c9c45", "INTuctv5E1hK1bbY8fdp"];

    private readonly ConcurrentQueue<string> _seen = new();
    private readonly KeyFiles _files = new();

    public DisclosureTests() => AppDomain.CurrentDomain.FirstChanceException += Remember;

    [Fact]
    public async Task Of_the_key_file_nothing_is_disclosed()
    {
        _files.WritePassphrase(Typed);
        using (var passphrase = Passphrase.ReadFile(_files.Data.KeysPassphraseFile))
        using (var file = KeyFileChange.Begin(_files.Path, passphrase, KeyFiles.Cheap, _files.Clock))
        {
            ExchangeKey key = file.Add(KeyFiles.Main, Pair());
            Print(passphrase, file, key, key.Owner, key.Fingerprint);
            Try(() => file.Add(KeyFiles.Main, Pair()));
            Try(() => file.Rotate("1", Pair()));
            Try(() => file.Remove("7"));
            file.Commit();
            Try(() => KeyFileChange.Begin(_files.Path, passphrase, KeyFiles.Cheap, _files.Clock));
        }

        using (var wrong = Passphrase.Typed("wrong x7vp3"u8))
        {
            Try(() => KeyFile.Read(_files.Path, wrong));
        }

        using var log = new LogMemory();
        using var source = new KeyFileSource(_files.Data, [KeyFiles.Main]);
        foreach (KeyReading reading in await source.ReadChanged(default))
        {
            Print([reading, .. reading.Keys]);
        }

        byte[] bytes = File.ReadAllBytes(_files.Path);
        bytes[60] ^= 1;
        File.WriteAllBytes(_files.Path, bytes);
        await TryAsync(() => source.ReadChanged(default));

        AssertNothingDisclosed(expectedAtLeast: 8, log);
    }

    [Theory]
    [InlineData(ApiKey + "\n" + Secret + " w8k2m")]
    [InlineData(ApiKey + "é\n" + Secret)]
    [InlineData(ApiKey + Secret)]
    [InlineData(ApiKey + "\n-----BEGIN PRIVATE KEY-----\n" + Secret + "\n-----END PRIVATE KEY-----")]
    [InlineData(ApiKey + "\n-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp\n-----END PRIVATE KEY-----")]
    [InlineData(ApiKey + "\n-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp!")]
    public void Of_a_malformed_pair_nothing_is_disclosed(string text)
    {
        using var bytes = SecretBytes.CopyOf(Encoding.UTF8.GetBytes(text));
        Try(() => KeyPair.Parse(bytes));
        using var log = new LogMemory();
        AssertNothingDisclosed(expectedAtLeast: 1, log);
    }

    [Fact]
    public async Task Of_vault_nothing_is_disclosed()
    {
        const string Path = "exchanges/binance_spot_main";
        await using VaultDeployment deployment = await Start();
        deployment.Vault.Tokens.SecretId = VaultSecretId;
        deployment.WritePrivate(deployment.SecretIdFile, VaultSecretId);
        deployment.Vault.Store.Put(
            Path, ("api_key", ApiKey), ("api_secret", Secret), ("api_key_2", ApiKey + "2"),
            ("private_key_pem_2", Signatures.Rfc8410Pem));
        using (ExchangeKeys keys = await deployment.Open(Account("main")))
        {
            AccountKeys main = keys.Of(Owner("main"));
            Print([keys, main, main.Status, .. main.Keys, deployment.AppRole]);
            main.Refused(main.Keys[0], "-2015");
            KeyRotation rotation = main.TakeOffer()!; // The second key is next in line.
            Print(rotation, rotation.Candidate);
            Assert.True(rotation.Refused("-2015 too"));
            Print(main.Status);
            keys.Dispose();
            Try(() => Signatures.Of(main.Keys[0], "m"));
        }

        using VaultKeySource source = deployment.Source(deployment.AppRole, Account("main"));
        string[][] damaged =
        [
            ["api_key", ApiKey],
            ["api_key", ApiKey, "api_secret", Secret + " w8k2m"],
            ["api_key", ApiKey + " zfh1q", "api_secret", Secret],
            ["api_key", ApiKey, "private_key_pem", Secret],
            ["api_key", ApiKey, "private_key_pem", Signatures.Rfc8410Pem.Replace("INTu", "!NTu")],
            ["api_key", ApiKey, "api_secret", Secret, "key_type", Secret],
        ];
        foreach (string[] fields in damaged)
        {
            deployment.Vault.Store.Put(Path, [.. fields.Chunk(2).Select(field => (field[0], field[1]))]);
            KeyReading reading = Assert.Single(await source.ReadChanged(default));
            Assert.Equal(KeyStanding.Damaged, reading.Status.Standing);
            Print(reading, reading.Status);
        }

        string[] bodies =
        [
            """{"data":{"data":{"api_key":"KEY","api_secret":"SECRET"},"metadata":{"version":"SECRET"}}}""",
            """{"data":{"data":{"api_secret":"SECRET","api_secret":"SECRET"}}}""",
            """{"data":{"data":{"api_secret":"SECRET\x"}}}""",
            """{"errors":"SECRET","data":"SECRET"}""",
        ];
        foreach (string template in bodies)
        {
            string body = template.Replace("KEY", ApiKey).Replace("SECRET", Secret);
            deployment.Vault.Faults.Enqueue(new(404, """{"errors":[]}"""));
            deployment.Vault.Faults.Enqueue(new(200, body));
            Print([.. await source.ReadChanged(default)]);
            deployment.Vault.Faults.Enqueue(new(400, body));
            Print([.. await source.ReadChanged(default)]);
        }

        deployment.Vault.IsSealed = true;
        await TryAsync(() => source.ReadChanged(default));
        deployment.Vault.IsSealed = false;
        deployment.Vault.Tokens.RevokeAll();
        deployment.Vault.Tokens.SecretId = "another";
        await TryAsync(() => source.ReadChanged(default));

        AssertNothingDisclosed(expectedAtLeast: 25, deployment.Log);
        Assert.NotEmpty(deployment.Log.Lines);
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.FirstChanceException -= Remember;
        _files.Dispose();
    }

    private static KeyPair Pair() => KeyPair.Of(ApiKey, Encoding.ASCII.GetBytes(Secret));

    private void Remember(object? sender, FirstChanceExceptionEventArgs thrown) =>
        _seen.Enqueue(thrown.Exception.ToString());

    private void Try(Func<object> act) => _ = Assert.ThrowsAny<Exception>(() => _ = act());

    private void Print(params object[] shown) => Array.ForEach(
        shown, each => _seen.Enqueue(string.Format(CultureInfo.InvariantCulture, "{0}", each)));

    private static async Task TryAsync(Func<Task> act) => _ = await Assert.ThrowsAnyAsync<Exception>(act);

    private void AssertNothingDisclosed(int expectedAtLeast, LogMemory log)
    {
        Assert.True(_seen.Count >= expectedAtLeast, $"only {_seen.Count} were seen");
        Assert.All([.. _seen, .. log.Lines], text => Assert.All(
            Secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal)));
    }
}
