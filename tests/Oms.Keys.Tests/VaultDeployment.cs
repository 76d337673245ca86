using System.Collections.Frozen;
using Microsoft.Extensions.Time.Testing;
using Oms.Domain.Accounts;
using Oms.Domain.Configuration;
using Oms.Domain.Instruments;
using Oms.Keys.Vault;
using Oms.Testing;

namespace Oms.Keys.Tests;

/// <summary>A Vault server, and the files and configuration with which it is reached.</summary>
internal sealed class VaultDeployment : IAsyncDisposable
{
    public static readonly DateTimeOffset Begin = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new("vault");
    private readonly TestAuthority _authority = new();

    private VaultDeployment()
    {
    }

    public FakeTimeProvider Clock { get; } = new(Begin);

    public LogMemory Log { get; } = new();

    public FakeVault Vault { get; private set; } = null!; // Set before anybody has the deployment.

    public VaultConfiguration AppRole => Configuration(new VaultLogin.AppRole(RoleIdFile, SecretIdFile));

    public VaultConfiguration Token => Configuration(new VaultLogin.Token(TokenFile));

    public string CaFile => _folder["ca.pem"];

    public string TokenFile => _folder["token"];

    public string SecretIdFile => _folder["secret-id"];

    private string RoleIdFile => _folder["role-id"];

    public static async Task<VaultDeployment> Start()
    {
        var deployment = new VaultDeployment();
        deployment.Vault = await FakeVault.Start(deployment._authority.Server, deployment.Clock);
        File.WriteAllText(deployment.CaFile, deployment._authority.Pem);
        deployment.WritePrivate(deployment.RoleIdFile, deployment.Vault.Tokens.RoleId + "\n");
        deployment.WritePrivate(deployment.SecretIdFile, deployment.Vault.Tokens.SecretId + "\n");
        return deployment;
    }

    public static AccountConfiguration Account(
        string name, string? path = null, MarketFlags markets = MarketFlags.Spot) => new()
    {
        Name = new AccountName("binance", name),
        Type = AccountType.Main,
        KeyPath = path,
        Markets = markets,
        OwnerGroup = name,
        OpeningBalances = FrozenDictionary<string, decimal>.Empty,
    };

    public static KeyOwner Owner(string name) => new(new("binance", name), Market.Spot);

    public VaultKeySource Source(VaultConfiguration configuration, params AccountConfiguration[] accounts) =>
        new(configuration, accounts, MarketFlags.Spot | MarketFlags.Futures, Clock, Log);

    public Task<ExchangeKeys> Open(params AccountConfiguration[] accounts) => ExchangeKeys.Open(
        new() { Source = KeySource.Vault, Vault = AppRole }, new DataFolder(_folder.Path),
        [.. accounts], MarketFlags.Spot | MarketFlags.Futures, Clock, Log, CancellationToken.None);

    /// <summary>Runs what pauses on the clock, which goes on while it does.</summary>
    public async Task<T> Run<T>(Task<T> work)
    {
        await Eventually.True(() =>
        {
            Clock.Advance(TimeSpan.FromMilliseconds(100));
            return work.IsCompleted;
        });
        return await work;
    }

    public void WritePrivate(string path, string text)
    {
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public async ValueTask DisposeAsync()
    {
        await Vault.DisposeAsync();
        _authority.Dispose();
        _folder.Dispose();
    }

    private VaultConfiguration Configuration(VaultLogin login) => new()
    {
        Address = Vault.Address, Mount = "secret", Namespace = null, CaFile = CaFile, Login = login,
    };
}
