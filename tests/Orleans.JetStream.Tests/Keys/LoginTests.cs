using NATS.Client.Core;
using NATS.NKeys;
using Oms.Testing;

namespace Orleans.JetStream.Tests.Keys;

/// <summary>
/// Every way in to a real server, in the clear and over TLS. NATS.Net signs in with <see cref="KeyPair"/>,
/// and loads its assembly for every one of them that is not anonymous.
/// </summary>
public sealed class LoginTests : IDisposable
{
    private const string UserSeed = "SUAJ2YNRTXX72WTAXKCEV5ES5QWMIRCJYVUXWMTJDFYDXLADDSXH6YALCA";
    private const string StrangersSeed = "SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3VY";

    private readonly TestCertificates _certificates = new();

    public void Dispose() => _certificates.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_user_gets_in_with_the_password_alone(bool overTls)
    {
        await using var server = await StartAsync(overTls, new NatsServerSettings());
        await GetsInAsync(server, overTls, new NatsAuthOpts
        {
            Username = NatsServer.User,
            Password = server.Password,
        });
        await StaysOutAsync(server, overTls, new NatsAuthOpts
        {
            Username = NatsServer.User,
            Password = "guessed",
        });
        await StaysOutAsync(server, overTls, NatsAuthOpts.Default);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_bearer_of_the_token_gets_in(bool overTls)
    {
        await using var server = await StartAsync(overTls, new NatsServerSettings { Token = "s3cr3t" });
        await GetsInAsync(server, overTls, new NatsAuthOpts { Token = "s3cr3t" });
        await StaysOutAsync(server, overTls, new NatsAuthOpts { Token = "guessed" });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_holder_of_an_nkey_gets_in_and_a_stranger_who_claims_it_does_not(bool overTls)
    {
        using var keys = KeyPair.FromSeed(UserSeed);
        var publicKey = keys.GetPublicKey();
        await using var server = await StartAsync(overTls, new NatsServerSettings { UserNKey = publicKey });
        await GetsInAsync(server, overTls, new NatsAuthOpts { NKey = publicKey, Seed = UserSeed });
        await StaysOutAsync(server, overTls, new NatsAuthOpts { NKey = publicKey, Seed = StrangersSeed });
    }

    [Fact]
    public async Task A_user_named_in_the_url_gets_in()
    {
        await using var server = await NatsServer.StartAsync();
        await using var connection = new NatsConnection(new NatsOpts
        {
            Url = $"nats://{NatsServer.User}:{server.Password}@127.0.0.1:{server.Port}",
        });
        Assert.True(await connection.PingAsync() > TimeSpan.Zero);
    }

    [Fact]
    public async Task A_server_whose_authority_is_not_trusted_is_not_spoken_to()
    {
        await using var server = await StartAsync(overTls: true, new NatsServerSettings());
        var auth = new NatsAuthOpts { Username = NatsServer.User, Password = server.Password };
        await using var connection = new NatsConnection(OptionsOf(server, overTls: true, auth) with
        {
            TlsOpts = new NatsTlsOpts { Mode = TlsMode.Require },
        });
        await Assert.ThrowsAnyAsync<NatsException>(async () => await connection.ConnectAsync());
    }

    private Task<NatsServer> StartAsync(bool overTls, NatsServerSettings settings) =>
        NatsServer.StartAsync(overTls
            ? settings with { ExtraConfiguration = _certificates.ServerConfiguration }
            : settings);

    private async Task GetsInAsync(NatsServer server, bool overTls, NatsAuthOpts auth)
    {
        await using var connection = new NatsConnection(OptionsOf(server, overTls, auth));
        Assert.True(await connection.PingAsync() > TimeSpan.Zero);
    }

    private async Task StaysOutAsync(NatsServer server, bool overTls, NatsAuthOpts auth)
    {
        await using var connection = new NatsConnection(OptionsOf(server, overTls, auth));
        await Assert.ThrowsAnyAsync<NatsException>(async () => await connection.ConnectAsync());
    }

    private NatsOpts OptionsOf(NatsServer server, bool overTls, NatsAuthOpts auth) => new()
    {
        Url = server.Url,
        AuthOpts = auth,
        TlsOpts = overTls
            ? new NatsTlsOpts { Mode = TlsMode.Require, CaFile = _certificates.AuthorityFile }
            : NatsTlsOpts.Default,
    };
}
