using System.Collections.Immutable;
using Oms.Domain.Configuration;
using Oms.Domain.Instruments;
using Oms.Keys.Vault;
using static Oms.Keys.Tests.VaultDeployment;

namespace Oms.Keys.Tests;

/// <summary>What is read from where, and when it is read again.</summary>
public sealed class VaultKeySourceTests
{
    private const string Main = "exchanges/binance_spot_main";

    [Fact]
    public async Task A_key_is_found_by_exchange_market_and_account()
    {
        await using VaultDeployment deployment = await Start();
        deployment.Vault.Store.Put(Main, ("api_key", "public"), ("api_secret", "secret-of-main"));
        using VaultKeySource source = deployment.Source(deployment.AppRole, Account("main"));

        using ExchangeKey key = Assert.Single(Only(await source.ReadChanged(default)).Keys);

        Assert.Equal(
            ("v1", Owner("main"), 1, Begin, "public", ExchangeKeyKind.HmacSha256),
            (key.Id, key.Owner, key.Priority, key.Created, key.ApiKey, key.Kind));
        Assert.Equal(Signatures.Hmac("secret-of-main", "message"), Signatures.Of(key, "message"));
    }

    [Theory]
    [InlineData("team_key", "exchanges/team_key")]
    [InlineData("desks/one/key", "desks/one/key")]
    [InlineData("secret/desks/one/key", "desks/one/key")]
    public async Task A_path_in_the_account_overrides_the_name(string configured, string path)
    {
        await using VaultDeployment deployment = await Start();
        deployment.Vault.Store.Put(path, ("api_key", "public"), ("api_secret", "secret"));
        using VaultKeySource source = deployment.Source(deployment.AppRole, Account("main", configured));

        using ExchangeKey key = Assert.Single(Only(await source.ReadChanged(default)).Keys);

        Assert.Equal("public", key.ApiKey);
    }

    [Fact]
    public async Task One_secret_can_hold_the_keys_of_both_markets_under_their_own_names()
    {
        await using VaultDeployment deployment = await Start();
        deployment.Vault.Store.Put(
            "exchanges/shared",
            ("api_key", "for-the-others"), ("api_secret", "s0"),
            ("binance_futures_main_api_key", "for-futures"), ("binance_futures_main_api_secret", "s1"),
            ("note", "not a key"));
        using VaultKeySource source = deployment.Source(
            deployment.AppRole, Account("main", "shared", MarketFlags.Spot | MarketFlags.Futures));

        ImmutableArray<KeyReading> readings = await source.ReadChanged(default);

        Assert.Equal(
            [("spot", "for-the-others"), ("futures", "for-futures")],
            readings.OrderBy(reading => reading.Status.Owner.Market).Select(
                reading => (reading.Status.Owner.MarketToken, reading.Keys.Single().ApiKey)));
    }

    [Fact]
    public async Task Numbers_give_the_priority_and_pem_an_ed25519_key()
    {
        await using VaultDeployment deployment = await Start();
        deployment.Vault.Store.Put(
            Main,
            ("api_key_3", "third"), ("api_secret_3", "s3"), ("api_key_2", "second"),
            ("private_key_pem_2", Signatures.Rfc8410Pem), ("key_type_2", "ed25519"), ("api_key", "first"),
            ("api_secret", "s1"), ("key_type", "hmac"));
        using VaultKeySource source = deployment.Source(deployment.AppRole, Account("main"));

        ImmutableArray<ExchangeKey> keys = Only(await source.ReadChanged(default)).Keys;

        Assert.Equal(
            [("v1", 1, "first"), ("v1.2", 2, "second"), ("v1.3", 3, "third")],
            keys.Select(key => (key.Id, key.Priority, key.ApiKey)));
        Assert.Equal(ExchangeKeyKind.Ed25519, keys[1].Kind);
        Assert.True(Signatures.IsOfRfc8410(Signatures.Of(keys[1], "message"), "message"));
    }

    [Fact]
    public async Task Only_what_changed_is_read_again()
    {
        await using VaultDeployment deployment = await Start();
        FakeVault vault = deployment.Vault;
        vault.Store.Put(Main, ("api_key", "one"), ("api_secret", "s"));
        vault.Store.Put("exchanges/binance_spot_sub", ("api_key", "other"), ("api_secret", "s"));
        using VaultKeySource source =
            deployment.Source(deployment.AppRole, Account("main"), Account("sub"));
        Assert.Equal(2, (await source.ReadChanged(default)).Length);

        Assert.Empty(await source.ReadChanged(default));
        Assert.Equal(1, vault.Count($"secret/data/{Main}"));

        vault.Store.Put(Main, ("api_key", "two"), ("api_secret", "s"));
        KeyReading reading = Only(await source.ReadChanged(default));
        Assert.Equal((Owner("main"), "v2", "two"), (
            reading.Status.Owner, reading.Keys[0].Id, reading.Keys[0].ApiKey));
        Assert.Equal(1, vault.Count("secret/data/exchanges/binance_spot_sub"));
    }

    [Fact]
    public async Task Without_right_to_the_metadata_the_secret_itself_is_compared()
    {
        await using VaultDeployment deployment = await Start();
        deployment.Vault.Denied.Add("secret/metadata/");
        deployment.Vault.Store.Put(Main, ("api_key", "one"), ("api_secret", "s"));
        using VaultKeySource source = deployment.Source(deployment.AppRole, Account("main"));
        Assert.Equal("one", Only(await source.ReadChanged(default)).Keys[0].ApiKey);

        Assert.Empty(await source.ReadChanged(default));
        deployment.Vault.Store.Put(Main, ("api_key", "two"), ("api_secret", "s"));
        Assert.Equal("two", Only(await source.ReadChanged(default)).Keys[0].ApiKey);
    }

    [Fact]
    public async Task What_is_gone_is_told_once_and_what_comes_back_is_found()
    {
        await using VaultDeployment deployment = await Start();
        FakeVaultStore store = deployment.Vault.Store;
        using VaultKeySource source = deployment.Source(deployment.AppRole, Account("main"));
        await Missing("there is no such secret");

        store.Put(Main, ("api_key", "one"), ("api_secret", "s"));
        Assert.Equal("v1", Only(await source.ReadChanged(default)).Keys[0].Id);
        store.Delete(Main);
        await Missing("version 1 was deleted at 2026-01-31T12:00:00.0000000Z");
        store.Undelete(Main);
        Assert.Equal("v1", Only(await source.ReadChanged(default)).Keys[0].Id);
        store.Delete(Main, Begin.AddMinutes(5));
        Assert.Empty(await source.ReadChanged(default));
        deployment.Clock.Advance(TimeSpan.FromMinutes(5));
        await Missing("version 1 was deleted at 2026-01-31T12:05:00.0000000Z");
        store.Destroy(Main);
        await Missing("version 1 was destroyed");
        store.DeleteMetadata(Main);
        await Missing("there is no such secret");

        async Task Missing(string problem)
        {
            KeyStatus status = Only(await source.ReadChanged(default)).Status;
            Assert.Equal(KeyStanding.Missing, status.Standing);
            Assert.StartsWith(
                $"Vault {deployment.Vault.Address.GetLeftPart(UriPartial.Authority)}: secret/{Main} " +
                $"(mount 'secret', path '{Main}'): {problem}",
                status.Detail);
            Assert.Empty(await source.ReadChanged(default));
        }
    }

    [Theory]
    [InlineData("note=nothing", "has neither api_key and api_secret, nor binance_spot_main_api_key and binance_spot_main_api_secret")]
    [InlineData("api_key=abcd", "needs api_key, and one of api_secret and private_key_pem")]
    [InlineData("api_secret=abcd", "needs api_key, and one of api_secret and private_key_pem")]
    [InlineData("api_key=k api_secret=abcd private_key_pem=abcd", "needs api_key, and one of api_secret and private_key_pem")]
    [InlineData("api_key=k api_secret=s api_key_2=abcd", "needs api_key_2, and one of api_secret_2 and private_key_pem_2")]
    [InlineData("api_key=k api_secret=s binance_spot_main_api_key=abcd", "needs binance_spot_main_api_key, and one of")]
    [InlineData("api_key=k api_secret=-----BEGIN_abcd", "api_key: the private key is not well-formed PEM")]
    [InlineData("api_key=k private_key_pem=-----BEGIN_abcd", "api_key: the private key is not well-formed PEM")]
    [InlineData("api_key=k private_key_pem=abcd", "private_key_pem is no PEM")]
    [InlineData("api_key=k api_secret=ab_abcd", "api_key: the secret is neither PEM nor 1 to 512 printable")]
    [InlineData("api_key=ab_abcd api_secret=s", "api_key: the API key is not 1 to 128 printable")]
    [InlineData("api_key=k api_secret=abcd key_type=ed25519", "key_type is not hmac, which api_key is")]
    public async Task What_is_no_key_is_told_by_its_fields_and_without_its_value(
        string fields, string problem)
    {
        await using VaultDeployment deployment = await Start();
        deployment.Vault.Store.Put(Main, [.. fields.Split(' ').Select(field => (
            field.Split('=')[0], field.Split('=')[1].Replace('_', ' ')))]);
        using VaultKeySource source = deployment.Source(deployment.AppRole, Account("main"));

        KeyStatus status = Only(await source.ReadChanged(default)).Status;

        Assert.Equal(KeyStanding.Damaged, status.Standing);
        Assert.Contains($"secret/{Main} (mount 'secret', path '{Main}'): {problem}", status.Detail);
        Assert.DoesNotContain("abcd", status.Detail);
        Assert.Empty(await source.ReadChanged(default));
    }

    [Fact]
    public async Task A_policy_that_hides_the_secret_is_told_with_what_it_needs()
    {
        await using VaultDeployment deployment = await Start();
        deployment.Vault.Denied.Add("secret/");
        using VaultKeySource source = deployment.Source(deployment.AppRole, Account("main"));

        KeyStatus status = Only(await source.ReadChanged(default)).Status;

        Assert.Equal(KeyStanding.Denied, status.Standing);
        Assert.EndsWith(
            "403 permission denied: the policy needs read on secret/data/exchanges/binance_spot_main and " +
            "secret/metadata/exchanges/binance_spot_main",
            status.Detail);
        Assert.Equal(1, deployment.Vault.Count("auth/approle/login"));
    }

    [Fact]
    public async Task Two_hundred_accounts_are_read_with_one_login()
    {
        await using VaultDeployment deployment = await Start();
        AccountConfiguration[] accounts =
            [.. Enumerable.Range(0, 200).Select(number => Account($"sub_{number}"))];
        foreach (AccountConfiguration account in accounts)
        {
            deployment.Vault.Store.Put(
                $"exchanges/binance_spot_{account.Name.Account}",
                ("api_key", account.Name.Account), ("api_secret", "s"));
        }

        using VaultKeySource source = deployment.Source(deployment.AppRole, accounts);

        ImmutableArray<KeyReading> readings = await source.ReadChanged(default);

        Assert.Equal(200, readings.Select(reading => reading.Keys.Single().ApiKey).Distinct().Count());
        Assert.Equal(1, deployment.Vault.Count("auth/approle/login"));
    }

    private static KeyReading Only(ImmutableArray<KeyReading> readings) => Assert.Single(readings);
}
