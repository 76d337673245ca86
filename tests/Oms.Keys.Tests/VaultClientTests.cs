using System.Collections.Immutable;
using Oms.Domain.Configuration;
using Oms.Keys.Vault;
using static Oms.Keys.Tests.VaultDeployment;

namespace Oms.Keys.Tests;

/// <summary>Login, renewal and errors.</summary>
public sealed class VaultClientTests
{
    private const string Main = "exchanges/binance_spot_main";
    private const string Login = "auth/approle/login";
    private const string Renew = "auth/token/renew-self";
    private const string LookUp = "auth/token/lookup-self";

    [Fact]
    public async Task Every_request_has_the_headers_that_vault_wants()
    {
        await using VaultDeployment deployment = await Started();
        using VaultKeySource source = deployment.Source(
            deployment.AppRole with { Namespace = "desks/one" }, Account("main"));

        _ = await source.ReadChanged(default);

        FakeVaultRequest[] requests = [.. deployment.Vault.Requests];
        Assert.Equal(
            [$"POST {Login}", $"GET secret/metadata/{Main}", $"GET secret/data/{Main}"],
            requests.Select(request => $"{request.Method} {request.Path}"));
        Assert.All(requests, request => Assert.Equal(
            ("desks/one", "true"), (request.Namespace, request.RequestHeader)));
        Assert.Equal(["", "hvs", "hvs"], requests.Select(request => request.Token.Split('.')[0]));
    }

    [Fact]
    public async Task A_token_is_renewed_when_two_thirds_of_its_life_are_over()
    {
        await using VaultDeployment deployment = await Started();
        using VaultKeySource source = deployment.Source(deployment.AppRole, Account("main"));
        _ = await source.ReadChanged(default);

        for (int minute = 1; minute <= 180; minute++)
        {
            deployment.Clock.Advance(TimeSpan.FromMinutes(1));
            _ = await source.ReadChanged(default);
        }

        // Of an hour each: after 40, 80, 120 and 160 minutes.
        Assert.Equal((1, 4), (deployment.Vault.Count(Login), deployment.Vault.Count(Renew)));
    }

    [Fact]
    public async Task Near_the_longest_life_of_a_token_another_one_is_had()
    {
        await using VaultDeployment deployment = await Started();
        deployment.Vault.Tokens.MaxTtl = TimeSpan.FromMinutes(90);
        using VaultKeySource source = deployment.Source(deployment.AppRole, Account("main"));
        _ = await source.ReadChanged(default);

        // After 40 minutes 50 are left, after 33 more not even half of that.
        deployment.Clock.Advance(TimeSpan.FromMinutes(40));
        _ = await source.ReadChanged(default);
        Assert.Equal((1, 1), (deployment.Vault.Count(Login), deployment.Vault.Count(Renew)));
        deployment.Clock.Advance(TimeSpan.FromMinutes(34));
        _ = await source.ReadChanged(default);
        Assert.Equal((2, 2), (deployment.Vault.Count(Login), deployment.Vault.Count(Renew)));
    }

    [Fact]
    public async Task A_batch_token_is_replaced_and_never_renewed()
    {
        await using VaultDeployment deployment = await Started();
        deployment.Vault.Tokens.AreRenewable = false;
        using VaultKeySource source = deployment.Source(deployment.AppRole, Account("main"));
        _ = await source.ReadChanged(default);
        deployment.Clock.Advance(TimeSpan.FromMinutes(41));

        _ = await source.ReadChanged(default);

        Assert.Equal((2, 0), (deployment.Vault.Count(Login), deployment.Vault.Count(Renew)));
    }

    [Fact]
    public async Task A_revoked_token_leads_to_one_login_for_all_who_read()
    {
        await using VaultDeployment deployment = await Started();
        AccountConfiguration[] accounts =
            [.. Enumerable.Range(0, 20).Select(number => Account($"sub_{number}"))];
        using VaultKeySource source = deployment.Source(deployment.AppRole, accounts);
        _ = await source.ReadChanged(default);
        deployment.Vault.Tokens.RevokeAll();

        _ = await source.ReadChanged(default);

        Assert.Equal(2, deployment.Vault.Count(Login));
    }

    [Fact]
    public async Task Ids_that_are_not_accepted_are_named_by_their_files()
    {
        await using VaultDeployment deployment = await Started();
        deployment.Vault.Tokens.SecretId = "another";
        using VaultKeySource source = deployment.Source(deployment.AppRole, Account("main"));

        KeysException problem = await Assert.ThrowsAsync<KeysException>(() => source.ReadChanged(default));

        Assert.False(problem.MayPass);
        Assert.Contains("auth/approle/login: 400 invalid role or secret ID: the ids in ", problem.Message);
        Assert.Contains(deployment.SecretIdFile, problem.Message);
    }

    [Fact]
    public async Task A_token_from_a_file_is_looked_up_renewed_and_taken_anew_when_it_was_replaced()
    {
        await using VaultDeployment deployment = await Started();
        deployment.WritePrivate(
            deployment.TokenFile, deployment.Vault.Tokens.Make(TimeSpan.FromHours(1)) + "\n");
        using VaultKeySource source = deployment.Source(deployment.Token, Account("main"));
        Assert.Equal("public", (await source.ReadChanged(default)).Single().Keys.Single().ApiKey);
        deployment.Clock.Advance(TimeSpan.FromMinutes(41));
        _ = await source.ReadChanged(default);
        Assert.Equal((1, 1), (deployment.Vault.Count(LookUp), deployment.Vault.Count(Renew)));

        deployment.Vault.Tokens.RevokeAll();
        KeysException problem = await Assert.ThrowsAsync<KeysException>(() => source.ReadChanged(default));
        Assert.Contains(
            $"auth/token/lookup-self: 403 permission denied: the token in {deployment.TokenFile} is not",
            problem.Message);

        deployment.WritePrivate(deployment.TokenFile, deployment.Vault.Tokens.Make(ttl: null));
        Assert.Empty(await source.ReadChanged(default));
    }

    [Fact]
    public async Task Files_that_others_may_read_are_refused_and_a_group_may()
    {
        await using VaultDeployment deployment = await Started();
        using VaultKeySource source = deployment.Source(deployment.AppRole, Account("main"));
        File.SetUnixFileMode(
            deployment.SecretIdFile, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        KeysException problem = await Assert.ThrowsAsync<KeysException>(() => source.ReadChanged(default));

        Assert.Equal(
            $"{deployment.SecretIdFile}: others may touch it (mode 444); " +
            $"run: chmod 600 {deployment.SecretIdFile}",
            problem.Message);
        File.SetUnixFileMode(deployment.SecretIdFile, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Assert.Single(await source.ReadChanged(default));
    }

    [Theory]
    [InlineData(412)]
    [InlineData(429)]
    [InlineData(472)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task What_may_pass_is_tried_again(int status)
    {
        await using VaultDeployment deployment = await Started();
        using VaultKeySource source = deployment.Source(deployment.AppRole, Account("main"));
        for (int i = 0; i < VaultConnection.TriesMax - 1; i++)
        {
            deployment.Vault.Faults.Enqueue(new(status, """{"errors":["later"]}"""));
        }

        ImmutableArray<KeyReading> readings = await deployment.Run(source.ReadChanged(default));

        Assert.Equal(KeyStanding.Usable, readings.Single().Status.Standing);
        Assert.Equal(VaultConnection.TriesMax, deployment.Vault.Count(Login));
    }

    [Fact]
    public async Task A_pause_that_the_server_asks_for_is_kept()
    {
        await using VaultDeployment deployment = await Started();
        using VaultKeySource source = deployment.Source(deployment.AppRole, Account("main"));
        deployment.Vault.Faults.Enqueue(new(429, """{"errors":["slow"]}""", RetryAfterSeconds: 3));

        _ = await deployment.Run(source.ReadChanged(default));

        Assert.True(deployment.Clock.GetUtcNow() - Begin >= TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task Tries_are_bounded_and_the_account_is_told_what_was_said_last()
    {
        await using VaultDeployment deployment = await Started();
        using VaultKeySource source = deployment.Source(deployment.AppRole, Account("main"));
        _ = await source.ReadChanged(default);
        int before = deployment.Vault.Requests.Count;
        for (int i = 0; i < 2 * VaultConnection.TriesMax; i++)
        {
            deployment.Vault.Faults.Enqueue(new(500, """{"errors":["internal","error"]}"""));
        }

        KeyReading reading = (await deployment.Run(source.ReadChanged(default))).Single();

        Assert.Equal(KeyStanding.SourceUnavailable, reading.Status.Standing);
        Assert.EndsWith($"(mount 'secret', path '{Main}'): 500 internal; error", reading.Status.Detail);
        Assert.Equal(2 * VaultConnection.TriesMax, deployment.Vault.Requests.Count - before);
        Assert.Empty(await source.ReadChanged(default));
    }

    [Fact]
    public async Task A_sealed_server_is_told_at_once()
    {
        await using VaultDeployment deployment = await Started();
        using VaultKeySource source = deployment.Source(deployment.AppRole, Account("main"));
        deployment.Vault.IsSealed = true;

        KeysException problem = await Assert.ThrowsAsync<KeysException>(() => source.ReadChanged(default));

        Assert.Equal(
            $"Vault {deployment.Vault.Address.GetLeftPart(UriPartial.Authority)}: it is sealed",
            problem.Message);
        Assert.True(problem.MayPass);
        _ = Assert.Single(deployment.Vault.Requests);
    }

    [Fact]
    public async Task A_server_of_another_authority_is_not_told_anything()
    {
        await using VaultDeployment deployment = await Started();
        using var stranger = new TestAuthority();
        File.WriteAllText(deployment.CaFile, stranger.Pem);
        using VaultKeySource source = deployment.Source(deployment.AppRole, Account("main"));

        KeysException problem = await Assert.ThrowsAsync<KeysException>(
            () => deployment.Run(source.ReadChanged(default)));

        Assert.Contains("certificate", problem.Message);
        Assert.True(problem.MayPass);
        Assert.Empty(deployment.Vault.Requests);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named()
    {
        await using VaultDeployment deployment = await Started();
        using VaultKeySource source = deployment.Source(
            deployment.AppRole with { Address = new("https://localhost:1") }, Account("main"));

        KeysException problem = await Assert.ThrowsAsync<KeysException>(
            () => deployment.Run(source.ReadChanged(default)));

        Assert.StartsWith(
            "Vault https://localhost:1: POST auth/approle/login: Connection refused", problem.Message);
        Assert.EndsWith("(4 tries)", problem.Message);
    }

    [Theory]
    [InlineData("/nowhere/ca.pem", "")]
    [InlineData(null, "no certificate")]
    public async Task Authorities_that_cannot_be_read_are_named(string? file, string text)
    {
        await using VaultDeployment deployment = await Started();
        File.WriteAllText(deployment.CaFile, text);
        string named = file ?? deployment.CaFile;

        KeysException problem = Assert.Throws<KeysException>(
            () => deployment.Source(deployment.AppRole with { CaFile = named }));

        Assert.StartsWith($"the authorities of Vault cannot be read: {named}: ", problem.Message);
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("[]")]
    [InlineData("""{"data":{"data":{"api_key":"k","api_secret":"secret-part"},"metadata":{"version":"x"}}}""")]
    [InlineData("""{"data":{"data":{"api_key":"k","api_secret":"secret-part"}""")]
    public async Task An_answer_that_is_not_the_api_is_damage_and_is_not_shown(string body)
    {
        await using VaultDeployment deployment = await Started();
        using VaultKeySource source = deployment.Source(deployment.AppRole, Account("main"));
        deployment.Vault.Denied.Add("secret/metadata/");
        _ = await source.ReadChanged(default);
        // The metadata is asked for, refused, and the token looked up, before the secret is read.
        deployment.Vault.Faults.Enqueue(new(404, """{"errors":[]}"""));
        deployment.Vault.Faults.Enqueue(new(200, body));

        KeyStatus status = (await source.ReadChanged(default)).Single().Status;

        Assert.Equal(KeyStanding.Damaged, status.Standing);
        Assert.EndsWith("the answer is not the JSON that the API documents", status.Detail);
    }

    private static async Task<VaultDeployment> Started()
    {
        VaultDeployment deployment = await Start();
        deployment.Vault.Store.Put(Main, ("api_key", "public"), ("api_secret", "secret-of-main"));
        return deployment;
    }
}
