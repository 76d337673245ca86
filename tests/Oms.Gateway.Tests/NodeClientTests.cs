using System.Diagnostics;
using System.Text.Json;
using Oms.Gateway.Tests.Kit;

namespace Oms.Gateway.Tests;

/// <summary>A client in another language, over TLS with a token: the contract is all that it knows.</summary>
public sealed class NodeClientTests
{
    private static readonly string Client = Path.Combine(AppContext.BaseDirectory, "node");

    [Fact]
    public async Task It_trades_where_it_was_granted_and_nowhere_else()
    {
        await using TestDeployment deployment = await TestDeployment.Started();
        if (!Directory.Exists(Path.Combine(Client, "node_modules")))
        {
            (int installed, string log) = await Run("npm", ["ci", "--no-audit", "--no-fund"]);
            Assert.True(installed == 0, log);
        }

        (int code, string output) = await Run("node",
        [
            "trade.js", $"{deployment.Port}", Path.Combine(deployment.Data.Tls, "ca.crt"),
            TestDeployment.SpotTraderToken, TestMarket.SpotName, TestMarket.MainName,
            Path.Combine(AppContext.BaseDirectory, "proto"),
        ]);

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

    private static async Task<(int Code, string Output)> Run(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Client, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, process.ExitCode == 0 ? await output : await output + await errors);
    }
}
