using Grpc.Core;
using Oms.Domain.Messages;
using Oms.Gateway.Tests.Kit;

namespace Oms.Gateway.Tests;

[Collection<OneGateway>]
public sealed class ReconcileTests(SharedDeployment shared)
{
    [Fact]
    public async Task It_is_answered_when_the_exchange_agreed()
    {
        var admin = new V1.AdminService.AdminServiceClient(shared.Deployment.Connect(TestDeployment.OperatorToken));
        V1.ReconcileAccountResponse response =
            await admin.ReconcileAccountAsync(new() { Account = TestMarket.SpotName });

        Assert.Equal((true, V1.AccountGate.Ready), (response.IsComplete, response.Gate));
        Assert.Equal(2023, response.ReconciledTime.ToDateTime().Year);
        Assert.Contains(
            shared.Deployment.FastPath.Others.OfType<ReconcileAccount>(),
            command => command.Header.AccountId == TestMarket.Spot);
    }

    [Fact]
    public async Task There_must_be_somebody_to_ask()
    {
        var admin = new V1.AdminService.AdminServiceClient(shared.Deployment.Connect(TestDeployment.OperatorToken));
        RpcException failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await admin.ReconcileAccountAsync(new() { Account = TestMarket.MainName }));
        Assert.Equal(StatusCode.FailedPrecondition, failure.StatusCode);
    }

    [Fact]
    public async Task The_command_line_says_that_it_agrees_and_why_not()
    {
        OmsCommand agrees = await OmsCommand.Run(shared.Deployment, "reconcile", TestMarket.SpotName);
        OmsCommand asJson = await OmsCommand.Run(shared.Deployment, "reconcile", TestMarket.SpotName, "--json");
        OmsCommand nobody = await OmsCommand.Run(shared.Deployment, "reconcile", TestMarket.MainName);

        Assert.Equal((0, $"{TestMarket.SpotName} agrees with its exchange\n"), (agrees.ExitCode, agrees.Output));
        Assert.True(Assert.Single(asJson.Json).GetProperty("is_complete").GetBoolean());
        Assert.Equal((1, ""), (nobody.ExitCode, nobody.Output));
        Assert.Contains("nobody to compare it with", nobody.Errors);
    }
}
