using System.Globalization;
using System.Text.Json;

namespace Oms.EndToEnd;

/// <summary>The exchange's truth: what the OMS's books must agree with.</summary>
internal sealed record SimulatorLedger(
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, SimulatorBalance>> Balances,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, SimulatorBalance>> FuturesBalances,
    IReadOnlyList<SimulatorOrder> Orders,
    IReadOnlyList<SimulatorTrade> Trades)
{
    public static SimulatorLedger Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        var orders = new List<SimulatorOrder>();
        var trades = new List<SimulatorTrade>();
        var balances = ReadAccounts(document.RootElement.GetProperty("accounts"), orders, trades);
        var futures = ReadAccounts(document.RootElement.GetProperty("futures_accounts"), orders, trades);
        return new(balances, futures, orders, trades);
    }

    /// <summary>The balances by account; its orders and trades are added to those of others.</summary>
    private static Dictionary<string, IReadOnlyDictionary<string, SimulatorBalance>> ReadAccounts(
        JsonElement accounts, List<SimulatorOrder> orders, List<SimulatorTrade> trades)
    {
        var balances = new Dictionary<string, IReadOnlyDictionary<string, SimulatorBalance>>();
        foreach (JsonElement account in accounts.EnumerateArray())
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

        return balances;
    }

    private static decimal Decimal(JsonElement row, string name) =>
        decimal.Parse(row.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}
