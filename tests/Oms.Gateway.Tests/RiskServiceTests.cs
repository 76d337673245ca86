using Google.Rpc;
using Grpc.Core;
using Oms.Domain.Messages;
using Oms.Gateway.Tests.Kit;
using Oms.Journal.Audit;
using Oms.Testing;

namespace Oms.Gateway.Tests;

public sealed class RiskServiceTests(SharedDeployment shared) : IClassFixture<SharedDeployment>
{
    private readonly TestDeployment _deployment = shared.Deployment;
    private readonly V1.RiskService.RiskServiceClient _risk =
        new(shared.Deployment.Connect(TestDeployment.OperatorToken));

    [Fact]
    public async Task A_halt_is_answered_by_fastpath_shown_and_resumed()
    {
        int before = _deployment.FastPath.Others.Count;
        V1.HaltResponse halted = await _risk.HaltAsync(new()
        {
            Scope = V1.HaltScope.Account, Name = TestMarket.SpotName, WaitForConfirmation = true,
        });
        Assert.Equal((V1.HaltState.Confirmed, "operator"), (halted.Halt.State, halted.Halt.By));
        ChangeHalt command = _deployment.FastPath.Others.Skip(before).Cast<ChangeHalt>().Single();
        Assert.Equal((TestMarket.Spot, 1, "operator"), (
            command.Header.AccountId, command.IsHalted, command.By.ToString()));

        _ = await _risk.HaltAsync(new() { Scope = V1.HaltScope.Exchange, Name = "binance" });
        V1.ListHaltsResponse halts = await _risk.ListHaltsAsync(new());
        Assert.Equal(
            [(V1.HaltScope.Exchange, "binance", "operator"), (V1.HaltScope.Account, TestMarket.SpotName, "operator")],
            halts.Halts.Select(halt => (halt.Scope, halt.Name, halt.By)));

        V1.ResumeResponse resumed = await _risk.ResumeAsync(
            new() { Scope = V1.HaltScope.Account, Name = TestMarket.SpotName });
        Assert.Equal(V1.HaltState.Resumed, resumed.Halt.State);
        _ = await _risk.ResumeAsync(new() { Scope = V1.HaltScope.Exchange, Name = "binance" });
        Assert.Empty((await _risk.ListHaltsAsync(new())).Halts);
    }

    [Fact]
    public async Task A_halt_that_is_not_confirmed_in_time_says_that_it_holds()
    {
        _deployment.FastPath.IsConfirming = false;
        RpcException failure = await Assert.ThrowsAsync<RpcException>(() => _risk.HaltAsync(
            new() { Scope = V1.HaltScope.Firm, WaitForConfirmation = true }).ResponseAsync);

        Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
        Assert.Equal("HALT_NOT_CONFIRMED", failure.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason);
        V1.Halt halt = Assert.Single((await _risk.ListHaltsAsync(new())).Halts);
        Assert.Equal((V1.HaltScope.Firm, V1.HaltState.Halted), (halt.Scope, halt.State));
        _deployment.FastPath.IsConfirming = true;
        _ = await _risk.ResumeAsync(new() { Scope = V1.HaltScope.Firm });
    }

    [Fact]
    public async Task A_scope_that_is_not_known_is_not_found_and_a_halt_of_an_exchange_needs_all_of_it()
    {
        RpcException unknown = await Assert.ThrowsAsync<RpcException>(() => _risk.HaltAsync(
            new() { Scope = V1.HaltScope.Exchange, Name = "nowhere" }).ResponseAsync);
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);

        var trader = new V1.RiskService.RiskServiceClient(_deployment.Connect(TestDeployment.SpotTraderToken));
        _ = await trader.HaltAsync(new() { Scope = V1.HaltScope.Account, Name = TestMarket.SpotName });
        RpcException denied = await Assert.ThrowsAsync<RpcException>(() => trader.HaltAsync(
            new() { Scope = V1.HaltScope.Exchange, Name = "binance" }).ResponseAsync);
        Assert.Equal(StatusCode.PermissionDenied, denied.StatusCode);
        _ = await trader.ResumeAsync(new() { Scope = V1.HaltScope.Account, Name = TestMarket.SpotName });
    }

    [Fact]
    public async Task Limits_are_those_of_the_configuration_with_what_is_used()
    {
        _ = await _deployment.Orders().PlaceOrderAsync(PlaceOrderTests.Limit("open"));
        V1.ListLimitsResponse response = await _risk.ListLimitsAsync(new() { Account = TestMarket.SpotName });

        V1.AccountLimits limits = Assert.Single(response.Limits);
        Assert.Equal((1, 200, "USDT"), (limits.OpenOrders, limits.OpenOrdersMax, limits.ValuationAsset));
        Assert.NotEmpty(limits.OrderNotionalMax);
    }

    [Fact]
    public async Task Every_change_is_written_down_and_the_chain_shows_what_was_touched()
    {
        await using TestDeployment own = await TestDeployment.Started();
        _ = await own.Orders().PlaceOrderAsync(PlaceOrderTests.Limit("noted"));
        var reader = new V1.RiskService.RiskServiceClient(own.Connect(TestDeployment.SpotReaderToken));
        _ = await Assert.ThrowsAsync<RpcException>(() => reader.HaltAsync(
            new() { Scope = V1.HaltScope.Firm }).ResponseAsync);
        _ = await own.Orders().ListOrdersAsync(new());
        await Eventually.True(() => AuditProof.Of(own.Data.Audit).Records == 2);

        string file = Directory.EnumerateFiles(own.Data.Audit).Single();
        string[] lines = await File.ReadAllLinesAsync(file);
        Assert.Contains("\"identity\":\"operator\"", lines[0]);
        Assert.Contains("\"client_order_id\":\"noted\"", lines[0].Replace(" ", "", StringComparison.Ordinal));
        Assert.Contains("\"peer\":\"ipv4:127.0.0.1:", lines[0]);
        Assert.Contains("\"action\":\"/oms.v1.RiskService/Halt\",\"outcome\":\"PermissionDenied\"", lines[1]);
        Assert.Null(AuditProof.Of(own.Data.Audit).Problem);

        await File.WriteAllTextAsync(file, string.Join('\n', lines).Replace("noted", "other") + "\n");
        Assert.Contains(":1: the line was changed", AuditProof.Of(own.Data.Audit).Problem);
        await File.WriteAllTextAsync(file, lines[1] + "\n");
        Assert.Contains("does not follow", AuditProof.Of(own.Data.Audit).Problem);
    }
}
