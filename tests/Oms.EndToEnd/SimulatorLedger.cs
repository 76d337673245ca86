using System.Globalization;
using System.Text.Json;

namespace Oms.EndToEnd;

/// <summary>The exchange's truth: what the OMS's books must agree with.</summary>
internal sealed record SimulatorLedger(
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, SimulatorBalance>> Balances,
    IReadOnlyList<SimulatorOrder> Orders,
    IReadOnlyList<SimulatorTrade> Trades,
    IReadOnlyList<string> TransferIds)
{
    public static SimulatorLedger Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        var balances = new Dictionary<string, IReadOnlyDictionary<string, SimulatorBalance>>();
        var orders = new List<SimulatorOrder>();
        var trades = new List<SimulatorTrade>();
        foreach (JsonElement account in document.RootElement.GetProperty("accounts").EnumerateArray())
        {
            string name = account.GetProperty("name").GetString()!;
            balances[name] = account.GetProperty("balances").EnumerateArray().ToDictionary(
                row => row.GetProperty("asset").GetString()!,
                row => new SimulatorBalance(Decimal(row, "free"), Decimal(row, "locked")));
            orders.AddRange(account.GetProperty("orders").EnumerateArray().Select(row => new SimulatorOrder(
                name,
                row.GetProperty("orderId").GetInt64(),
                row.GetProperty("clientOrderId").GetString()!,
                row.GetProperty("status").GetString()!,
                Decimal(row, "origQty"),
                Decimal(row, "executedQty"))));
            trades.AddRange(account.GetProperty("trades").EnumerateArray().Select(row => new SimulatorTrade(
                name,
                row.GetProperty("symbol").GetString()!,
                row.GetProperty("tradeId").GetInt64(),
                row.GetProperty("orderId").GetInt64(),
                row.GetProperty("side").GetString() == "BUY",
                Decimal(row, "price"),
                Decimal(row, "qty"),
                Decimal(row, "commission"),
                row.GetProperty("commissionAsset").GetString()!)));
        }

        string[] transferIds =
        [
            .. document.RootElement.GetProperty("transfers").EnumerateArray()
                .Select(transfer => transfer.GetProperty("clientTranId").GetString()!),
        ];
        return new(balances, orders, trades, transferIds);
    }

    private static decimal Decimal(JsonElement row, string name) =>
        decimal.Parse(row.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}
