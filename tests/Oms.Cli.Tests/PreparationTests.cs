using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Oms.Cli.Preparation;
using Oms.Configuration;
using Oms.Domain.Configuration;

namespace Oms.Cli.Tests;

public sealed class PreparationTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private readonly string _root = Directory.CreateTempSubdirectory("oms-preparation-").FullName;
    private readonly FakeTimeProvider _clock = new(Start);

    private DataFolder Data => new(Path.Combine(_root, "data"));

    [Fact]
    public void Every_file_and_folder_with_a_secret_is_its_owners_alone()
    {
        Prepare();

        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        string[] files = Directory.GetFiles(Data.Path, "*", SearchOption.AllDirectories);
        Assert.Equal(12, files.Length);
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
            new("trader", new string('a', 64), null, [new("binance/main", ["read"])]);
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

        using JsonDocument keys = JsonDocument.Parse(File.ReadAllText(Data.ExchangeKeysFile));
        using JsonDocument accounts =
            JsonDocument.Parse(File.ReadAllText(PreparedDeployment.SimulatorAccountsPath(Data)));
        JsonElement[] entries = [.. accounts.RootElement.GetProperty("accounts").EnumerateArray()];
        Assert.Equal(
            ["main", "sub_spot_arb", "sub_futures_trend", "sub_market_making"],
            entries.Select(entry => entry.GetProperty("name").GetString()));
        JsonElement key = keys.RootElement.GetProperty("keys").GetProperty("binance_sub_mm");
        Assert.Equal(key.GetProperty("api_key").GetString(), entries[3].GetProperty("api_key").GetString());
        Assert.Equal(
            key.GetProperty("api_secret").GetString(), entries[3].GetProperty("secret_key").GetString());
        Assert.Equal("50000", entries[3].GetProperty("balances").GetProperty("USDT").GetString());
        Assert.Equal("FUTURES", entries[2].GetProperty("permissions")[0].GetString());
        Assert.Equal(4, entries.Select(entry => entry.GetProperty("api_key").GetString()).Distinct().Count());
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

    private void Prepare()
    {
        string configs = Path.Combine(AppContext.BaseDirectory, "configs");
        SystemConfiguration system = ConfigurationFolder.Load(configs);
        PreparedDeployment.Write(Data, system, ConfigurationFolder.LoadSimulator(configs, system), _clock);
    }

    private Dictionary<string, string> Contents() =>
        Directory.GetFiles(Data.Path, "*", SearchOption.AllDirectories)
            .ToDictionary(file => file, File.ReadAllText);

    private X509Certificate2 Certificate(string name) =>
        X509CertificateLoader.LoadCertificateFromFile(Path.Combine(Data.Tls, name + ".crt"));
}
