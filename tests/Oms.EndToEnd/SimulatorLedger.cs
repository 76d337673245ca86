using System.Globalization;
using System.Text.Json;

namespace Oms.EndToEnd;

/// <summary>The exchange's truth: what the OMS's books must agree with.</summary>
internal sealed record SimulatorLedger(
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, SimulatorBalance>> Balances,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, SimulatorBalance>> FuturesBalances,
    IReadOnlyList<SimulatorOrder> Orders,
    IReadOnlyList<SimulatorTrade> Trades,
    IReadOnlyList<string> TransferIds,
    IReadOnlySet<string> FuturesHolders,
    IReadOnlyDictionary<string, long> Refused,
    IReadOnlyDictionary<string, long> Faults)
{
    /// <summary>Codes of a request or an order too many: https://developers.binance.com, error codes.</summary>
    private static readonly string[] LimitCodes = ["-1003", "-1015"];

    /// <summary>Requests that were refused because the exchange's limits were met.</summary>
    public long RefusedForLimits => LimitCodes.Sum(code => Refused.GetValueOrDefault(code));

    /// <summary>Whether an account holds no position of futures, and has no order open.</summary>
    public bool IsFlat(string account) => !FuturesHolders.Contains(account)
        && !Orders.Any(order => order.Account == account && order.Status is ("NEW" or "PARTIALLY_FILLED"));

    public static SimulatorLedger Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        var orders = new List<SimulatorOrder>();
        var trades = new List<SimulatorTrade>();
        var balances = ReadAccounts(document.RootElement.GetProperty("accounts"), orders, trades);
        var futures = ReadAccounts(document.RootElement.GetProperty("futures_accounts"), orders, trades);
        string[] transferIds =
        [
            .. document.RootElement.GetProperty("transfers").EnumerateArray()
                .Select(transfer => transfer.GetProperty("clientTranId").GetString()!),
        ];
        HashSet<string> holders =
        [
            .. document.RootElement.GetProperty("futures_accounts").EnumerateArray()
                .Where(account => account.GetProperty("positions").EnumerateArray()
                    .Any(position => Decimal(position, "positionAmt") != 0))
                .Select(account => account.GetProperty("name").GetString()!),
        ];
        return new(
            balances, futures, orders, trades, transferIds, holders,
            Counts(document.RootElement.GetProperty("rejected_requests")),
            Counts(document.RootElement.GetProperty("faults")));
    }

    private static Dictionary<string, long> Counts(JsonElement counts) =>
        counts.EnumerateObject().ToDictionary(count => count.Name, count => count.Value.GetInt64());

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
