using System.Text.Json;
using Oms.Testing;

namespace Oms.EndToEnd;

/// <summary>Transfers by hand.</summary>
[Collection(RunningSystem.Name)]
public sealed class TransferTests(Deployment deployment)
{
    [Fact]
    public async Task A_futures_wallet_is_paid_into_and_its_stream_says_so()
    {
        const string Futures = "binance/sub_futures_trend";
        int before = await MovesAsync(Futures);
        try
        {
            JsonElement moved = Assert.Single((await deployment.Oms(
                "transfer", "binance/main", $"{Futures}:futures", "USDT", "25.125", "--json")).Expect(0).Json);
            Assert.Equal("completed", moved.GetProperty("status").GetString());
            await Eventually.True(async () => await MovesAsync(Futures) == before + 1);
            Assert.Empty(await Agreement.DifferencesAsync(deployment));
        }
        finally
        {
            CommandResult back = await deployment.Oms(
                "transfer", $"{Futures}:futures", "binance/main", "USDT", "25.125");
            _ = back.Expect(0);
        }
    }

    /// <summary>How often the private stream said that money came into futures by no trade, or left them.</summary>
    private async Task<int> MovesAsync(string account) =>
        (await deployment.Oms("journal", "--kind", "balance_moved", "--account", account)).Expect(0).Json
            .Count(record => record.GetProperty("body").GetProperty("market").GetString() == "futures");

    [Fact]
    public async Task The_command_line_moves_money_and_says_what_became_of_it()
    {
        CommandResult moved = await deployment.Oms(
            "transfer", "binance/main", "binance/sub_spot_arb", "USDT", "1.5", "--client-transfer-id", "by-hand",
            "--json");
        JsonElement transfer = Assert.Single(moved.Expect(0).Json);
        Assert.Equal("completed", transfer.GetProperty("status").GetString());
        CommandResult again = await deployment.Oms(
            "transfer", "binance/main", "binance/sub_spot_arb", "USDT", "1.5", "--client-transfer-id", "by-hand",
            "--json");
        Assert.Equal(
            transfer.GetProperty("transfer_id").GetString(),
            Assert.Single(again.Expect(0).Json).GetProperty("transfer_id").GetString());
        Assert.Contains(
            (await deployment.Oms("transfers", "--account", "binance/main", "--json")).Expect(0).Json,
            row => row.GetProperty("client_transfer_id").GetString() == "by-hand");

        CommandResult refused = await deployment.Oms(
            "transfer", "binance/sub_spot_arb", "binance/main", "USDT", "100000000", "--json");
        Assert.Equal(
            "insufficient_balance",
            Assert.Single(refused.Expect(1).Json).GetProperty("reject_reason").GetString());
    }
}
