using System.Text.Json;
using Oms.Gateway.Tests.Kit;
using Oms.Testing;

namespace Oms.Gateway.Tests;

/// <summary>A client in another language, over TLS with a token: the contract is all that it knows.</summary>
[Collection<OneGateway>]
public sealed class NodeClientTests(SharedDeployment shared)
{
    [Fact]
    public async Task It_trades_where_it_was_granted_and_nowhere_else()
    {
        TestDeployment deployment = shared.Deployment;
        NodeScripts node = await NodeScripts.Installed(Path.Combine(AppContext.BaseDirectory, "node"));
        (int code, string output) = await node.Run(
            "trade.js", $"{deployment.Port}", Path.Combine(deployment.Data.Tls, "ca.crt"),
            TestDeployment.SpotTraderToken, TestMarket.SpotName, TestMarket.MainName,
            Path.Combine(AppContext.BaseDirectory, "proto"));

        Assert.True(code == 0, output);
        using var json = JsonDocument.Parse(output);
        JsonElement told = json.RootElement;
        Assert.Equal("ORDER_STATUS_PENDING_NEW", told.GetProperty("status").GetString());
        Assert.NotEmpty(told.GetProperty("order_id").GetString()!);
        Assert.Equal("PERMISSION_DENIED", told.GetProperty("refused").GetString());
        Assert.Equal(
            [("1", ""), ("2", "NOT_GRANTED")],
            told.GetProperty("outcomes").EnumerateArray()
                .Select(outcome => (outcome[0].GetString()!, outcome[2].GetString() ?? ""))
                .Order());
        Assert.NotNull(deployment.FastPath.LastReportOf(TestMarket.Spot, "node-1"));
        Assert.Null(deployment.FastPath.LastReportOf(TestMarket.Main, "node-2"));
    }
}
