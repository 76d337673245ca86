using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Oms.Cli.Preparation;
using Oms.Configuration;
using Oms.Domain.Configuration;
using Oms.Domain.Instruments;
using Oms.Keys;
using Oms.Keys.Files;

namespace Oms.Cli.Tests;

public sealed class PreparationTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private readonly string _root = Directory.CreateTempSubdirectory("oms-preparation-").FullName;
    private readonly FakeTimeProvider _clock = new(Start);

    private static string Configs => Path.Combine(AppContext.BaseDirectory, "configs");

    private DataFolder Data => new(Path.Combine(_root, "data"));

    [Fact]
    public void Every_file_and_folder_with_a_secret_is_its_owners_alone()
    {
        Prepare();

        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        string[] files = Directory.GetFiles(Data.Path, "*", SearchOption.AllDirectories);
        Assert.Equal(14, files.Length);
        Assert.All(files, file => Assert.Equal((file, OwnerOnly), (file, File.GetUnixFileMode(file))));
        Assert.All(
            Directory.GetDirectories(Data.Path, "*", SearchOption.AllDirectories)
                .Where(path => !path.EndsWith("logs")),
            folder => Assert.Equal(
                (folder, OwnerOnly | UnixFileMode.UserExecute), (folder, File.GetUnixFileMode(folder))));
    }

    [Fact]
    public void Preparing_again_changes_no_secret_and_no_certificate()
    {
        Prepare();
        Dictionary<string, string> before = Contents();

        Prepare();

        Assert.Equal(before, Contents());
    }

    [Fact]
    public void Identities_hold_hashes_of_the_token_and_the_certificate_and_keep_what_others_added()
    {
        Prepare();
        IdentitiesFile.Identity added =
            new("trader", [new("binance/main", ["read"])], new string('a', 64));
        IdentitiesFile known = IdentitiesFile.Read(Data.IdentitiesFile);
        JsonFile.Write(
            Data.IdentitiesFile,
            new(known.Identities.Add(added)),
            PreparationJson.Default.IdentitiesFile);

        Prepare();

        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Data.IdentitiesFile));
        JsonElement[] identities = [.. json.RootElement.GetProperty("identities").EnumerateArray()];
        Assert.Equal(
            ["operator", "trader"], identities.Select(entry => entry.GetProperty("name").GetString()));
        string token = File.ReadAllText(Data.OperatorTokenFile).Trim();
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token))),
            identities[0].GetProperty("token_sha256").GetString());
        using X509Certificate2 client = Certificate("client");
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(client.RawData)),
            identities[0].GetProperty("certificate_sha256").GetString());
        JsonElement grant = identities[0].GetProperty("grants")[0];
        Assert.Equal("*", grant.GetProperty("account").GetString());
        Assert.Equal(4, grant.GetProperty("rights").GetArrayLength());
        Assert.DoesNotContain(token, File.ReadAllText(Data.IdentitiesFile));
    }

    [Fact]
    public void The_simulator_and_the_connectors_know_the_same_keys()
    {
        Prepare();

        ExchangeKey[] keys = Keys();
        SimulatorAccountsFile.Account[] accounts =
            [.. SimulatorAccountsFile.Read(PreparedDeployment.SimulatorAccountsPath(Data)).Accounts];
        Assert.Equal(
            ["main", "sub_spot_arb", "sub_futures_trend", "sub_market_making"],
            accounts.Select(account => account.Name));
        Assert.Equal(
            ["binance/main spot", "binance/sub_spot_arb spot", "binance/sub_futures_trend futures",
                "binance/sub_market_making spot"],
            keys.Select(key => key.Owner.ToString()));
        Assert.All(accounts.Zip(keys), pair => Assert.True(pair.Second.Is(Pair(pair.First))));
        Assert.Equal(4, accounts.Select(account => account.SecretKey).Distinct().Count());
        Assert.Equal("50000", accounts[3].Balances["USDT"]);
        Assert.Equal(["FUTURES"], accounts[2].Permissions);
    }

    [Fact]
    public void Simulator_keys_come_back_in_front_and_no_other_key_is_touched()
    {
        Prepare();
        using (var passphrase = Passphrase.ReadFile(Data.KeysPassphraseFile))
        using (var file = KeyFileChange.Begin(
            Data.ExchangeKeysFile, passphrase, KeyDerivationCost.Standard, _clock))
        {
            var owner = new KeyOwner(new("binance", "main"), Market.Spot);
            _ = file.Add(owner, KeyPair.Of("own", "secret"u8), priority: 1);
            file.Commit();
        }

        // The simulator forgets its keys: it gets others, and ours follow.
        File.Delete(PreparedDeployment.SimulatorAccountsPath(Data));
        string before = Keys()[^1].ApiKey;
        Prepare();

        ExchangeKey[] main = [.. Keys().Where(key => key.Owner.Account.Account == "main")];
        Assert.Equal(2, main.Length);
        Assert.True(main[0].Is(Pair(SimulatorAccountsFile.Read(
            PreparedDeployment.SimulatorAccountsPath(Data)).Accounts[0])));
        Assert.Equal("own", main[1].ApiKey);
        Assert.DoesNotContain(before, Keys().Select(key => key.ApiKey));
    }

    [Fact]
    public void A_key_file_whose_passphrase_is_gone_is_left_alone_and_told()
    {
        Prepare();
        byte[] before = File.ReadAllBytes(Data.ExchangeKeysFile);
        File.Delete(Data.KeysPassphraseFile);

        var problem = Assert.Throws<KeysException>(Prepare);

        Assert.StartsWith($"{Data.KeysPassphraseFile} does not exist: ", problem.Message);
        Assert.Equal(before, File.ReadAllBytes(Data.ExchangeKeysFile));
        Assert.False(File.Exists(Data.KeysPassphraseFile));
    }

    [Fact]
    public void Where_keys_come_from_vault_no_key_file_is_made()
    {
        SystemConfiguration system = ConfigurationFolder.Load(Configs);
        system = system with
        {
            Deployment = system.Deployment with { Keys = new() { Source = KeySource.Vault } },
        };

        PreparedDeployment.Write(Data, system, ConfigurationFolder.LoadSimulator(Configs, system), _clock);

        Assert.True(File.Exists(PreparedDeployment.SimulatorAccountsPath(Data)));
        Assert.False(File.Exists(Data.ExchangeKeysFile));
        Assert.False(File.Exists(Data.KeysPassphraseFile));
    }

    [Theory]
    [InlineData("server", "1.3.6.1.5.5.7.3.1")]
    [InlineData("client", "1.3.6.1.5.5.7.3.2")]
    public void Certificates_are_of_the_own_authority_and_for_one_use(string name, string usage)
    {
        Prepare();

        using X509Certificate2 authority = Certificate("ca");
        using X509Certificate2 certificate = Certificate(name);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = Start.UtcDateTime;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(usage));
        Assert.True(chain.Build(certificate));
        Assert.Equal("1.2.840.10045.2.1", certificate.PublicKey.Oid.Value);
        if (name == "server")
        {
            Assert.True(certificate.MatchesHostname("localhost"));
            Assert.True(certificate.MatchesHostname("127.0.0.1"));
        }
    }

    [Fact]
    public void Certificates_are_made_again_before_they_expire_and_the_authority_stays()
    {
        Prepare();
        Dictionary<string, string> before = Contents();
        _clock.Advance(TimeSpan.FromDays(365 - 29));

        Prepare();

        string[] changed = [.. Contents().Except(before).Select(file => Path.GetFileName(file.Key)).Order()];
        Assert.Equal(["client.crt", "client.key", "identities.json", "server.crt", "server.key"], changed);
    }

    [Fact]
    public void The_configuration_of_nats_server_holds_its_password_and_only_loopback()
    {
        Prepare();

        string text = File.ReadAllText(NatsServerFile.PathIn(Data));
        Assert.Contains($"password: \"{File.ReadAllText(Data.NatsPasswordFile).Trim()}\"", text);
        Assert.Contains("host: \"127.0.0.1\"\nport: 14222\nhttp: \"127.0.0.1:14223\"\n", text);
        Assert.Contains($"store_dir: \"{Data.Nats}\"", text);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static KeyPair Pair(SimulatorAccountsFile.Account account) =>
        KeyPair.Of(account.ApiKey, Encoding.ASCII.GetBytes(account.SecretKey));

    private void Prepare()
    {
        SystemConfiguration system = ConfigurationFolder.Load(Configs);
        PreparedDeployment.Write(Data, system, ConfigurationFolder.LoadSimulator(Configs, system), _clock);
    }

    private ExchangeKey[] Keys()
    {
        using var passphrase = Passphrase.ReadFile(Data.KeysPassphraseFile);
        return [.. KeyFile.Read(Data.ExchangeKeysFile, passphrase)];
    }

    private Dictionary<string, string> Contents() =>
        Directory.GetFiles(Data.Path, "*", SearchOption.AllDirectories)
            .ToDictionary(file => file, file => Convert.ToHexString(File.ReadAllBytes(file)));

    private X509Certificate2 Certificate(string name) =>
        X509CertificateLoader.LoadCertificateFromFile(Path.Combine(Data.Tls, name + ".crt"));
}
