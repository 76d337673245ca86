using System.Text.Json;
using Google.Rpc;
using Grpc.Core;
using Oms.Gateway.Tests.Kit;
using Oms.Journal.Audit;
using Oms.Testing;

namespace Oms.Gateway.Tests;

/// <summary>Tokens and certificates that come and go while the gateway runs, and how much each may ask.</summary>
public sealed class CredentialTests(SharedDeployment shared) : IClassFixture<SharedDeployment>
{
    private readonly Dictionary<string, CallInvoker> _callers = [];
    private readonly TestDeployment _deployment = shared.Deployment;

    [Fact]
    public async Task A_token_is_made_rotated_and_revoked_without_a_restart()
    {
        string first = await AddToken("desk", "--grant", "binance/main=read,trade");
        await Eventually.True(() => Allows(first));
        string second = await AddToken("desk");
        await Eventually.True(() => Allows(second));
        Assert.True(Allows(first));

        OmsCommand listed = await OmsCommand.Run(_deployment, "tokens", "list", "--json");
        JsonElement[] tokens =
            [.. listed.Json.Where(token => token.GetProperty("name").GetString() == "desk")];
        Assert.Equal(2, tokens.Length);
        Assert.DoesNotContain(first, listed.Output);
        Assert.DoesNotContain(first, await File.ReadAllTextAsync(_deployment.Data.IdentitiesFile));

        string id = tokens[0].GetProperty("token_id").GetString()!;
        Assert.Equal(0, (await OmsCommand.Run(_deployment, "tokens", "revoke", "desk", "--token", id)).ExitCode);
        await Eventually.True(() => !Allows(first));
        Assert.True(Allows(second));
        Assert.Equal(0, (await OmsCommand.Run(_deployment, "tokens", "revoke", "desk")).ExitCode);
        await Eventually.True(() => !Allows(second));

        Assert.Contains(
            "say with --grant", (await OmsCommand.Run(_deployment, "tokens", "add", "new")).Errors);
        Assert.Contains(
            "no token x", (await OmsCommand.Run(_deployment, "tokens", "revoke", "trader", "--token", "x")).Errors);
        Assert.Contains(
            "is not ACCOUNT=RIGHT",
            (await OmsCommand.Run(_deployment, "tokens", "add", "new", "--grant", "binance/main=fly")).Errors);
    }

    [Fact]
    public async Task A_token_that_expired_is_no_token()
    {
        Assert.True(Allows(TestDeployment.SpotTraderToken));
        _deployment.WriteIdentities(traderExpires: DateTimeOffset.UtcNow.AddSeconds(-1));
        await Eventually.True(() => !Allows(TestDeployment.SpotTraderToken));
        _deployment.WriteIdentities(traderExpires: DateTimeOffset.UtcNow.AddDays(1));
        await Eventually.True(() => Allows(TestDeployment.SpotTraderToken));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_changes_nothing()
    {
        await File.WriteAllTextAsync(_deployment.Data.IdentitiesFile, "{");
        await Eventually.True(
            () => LogText().Contains("cannot be used", StringComparison.Ordinal));
        Assert.True(Allows(TestDeployment.OperatorToken));
        _deployment.WriteIdentities();
    }

    [Fact]
    public async Task A_new_certificate_is_shown_to_new_connections()
    {
        string before = await TlsTests.CertificateOf(_deployment);
        V1.OrderService.OrderServiceClient open = _deployment.Orders();
        _ = await open.ListOrdersAsync(new());
        TestTls.Write(_deployment.Data.Tls);
        await Eventually.True(async () => await TlsTests.CertificateOf(_deployment) != before);
        _ = await open.ListOrdersAsync(new());
    }

    [Fact]
    public async Task Who_asks_too_much_is_told_when_to_try_again_and_may_still_cancel()
    {
        await using var own = new TestDeployment();
        string path = Path.Combine(own.Configs, "deployment.yaml");
        string text = await File.ReadAllTextAsync(path);
        await File.WriteAllTextAsync(path, text
            .Replace("client_calls_per_second: 20000", "client_calls_per_second: 20", StringComparison.Ordinal)
            .Replace("account_commands_per_second: 10000", "account_commands_per_second: 5", StringComparison.Ordinal));
        await own.StartGateway();
        V1.OrderService.OrderServiceClient orders = own.Orders();

        RpcException perAccount = await Refused(number =>
            orders.PlaceOrderAsync(PlaceOrderTests.Limit($"limited-{number}")).ResponseAsync);
        Assert.Contains(TestMarket.SpotName, perAccount.Status.Detail);
        RpcException perClient = await Refused(_ => orders.ListOrdersAsync(new()).ResponseAsync);
        Assert.Contains("operator", perClient.Status.Detail);
        Assert.InRange(
            perClient.GetRpcStatus()!.GetDetail<RetryInfo>()!.RetryDelay.ToTimeSpan(),
            TimeSpan.FromTicks(1),
            TimeSpan.FromSeconds(1));
        V1.CancelOrderResponse canceled = await orders.CancelOrderAsync(
            new() { Account = TestMarket.SpotName, ClientOrderId = "limited-0" });
        Assert.Equal("", canceled.CancelRejectReason);
    }

    [Fact]
    public async Task The_audit_log_goes_on_over_a_restart_and_the_command_proves_it()
    {
        await using TestDeployment own = await TestDeployment.Started();
        _ = await own.Orders().PlaceOrderAsync(PlaceOrderTests.Limit("before"));
        await Eventually.True(() => AuditProof.Of(own.Data.Audit).Records == 1);
        await own.KillGateway();
        string file = Directory.EnumerateFiles(own.Data.Audit).Single();
        await File.AppendAllTextAsync(file, "{\"sequence\":2,\"ti");
        await own.StartGateway();
        _ = await own.Orders().PlaceOrderAsync(PlaceOrderTests.Limit("after"));
        await Eventually.True(() => AuditProof.Of(own.Data.Audit).Records == 2);

        OmsCommand sound = await OmsCommand.Run(own, "audit", "verify", "--json");
        Assert.Equal(
            (0, 2), (sound.ExitCode, Assert.Single(sound.Json).GetProperty("records").GetInt32()));
        string[] lines = await File.ReadAllLinesAsync(file);
        await File.WriteAllLinesAsync(file, [lines[0].Replace("before", "beyond"), lines[1]]);
        OmsCommand broken = await OmsCommand.Run(own, "audit", "verify");
        Assert.Equal(1, broken.ExitCode);
        Assert.Contains(":1: the line was changed", broken.Errors);
    }

    private static async Task<RpcException> Refused<TResponse>(Func<int, Task<TResponse>> call)
    {
        for (int number = 0; number < 1_000; number++)
        {
            try
            {
                _ = await call(number);
            }
            catch (RpcException failure)
            {
                Assert.Equal(StatusCode.ResourceExhausted, failure.StatusCode);
                Assert.Equal("RATE_LIMITED", failure.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason);
                return failure;
            }
        }

        throw new InvalidOperationException("nothing was refused");
    }

    private async Task<string> AddToken(params string[] arguments)
    {
        OmsCommand added = await OmsCommand.Run(_deployment, ["tokens", "add", .. arguments, "--json"]);
        Assert.Equal((0, ""), (added.ExitCode, added.Errors));
        return Assert.Single(added.Json).GetProperty("token").GetString()!;
    }

    private bool Allows(string token)
    {
        try
        {
            if (!_callers.TryGetValue(token, out CallInvoker? caller))
            {
                _callers[token] = caller = _deployment.Connect(token);
            }

            _ = new V1.AccountService.AccountServiceClient(caller).ListAccounts(new());
            return true;
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.Unauthenticated)
        {
            return false;
        }
    }

    private string LogText()
    {
        using var file = new FileStream(
            Path.Combine(_deployment.Data.ProcessLogs, "gateway.jsonl"), FileMode.Open, FileAccess.Read,
            FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }
}
