using System.Globalization;
using Oms.V1;

namespace Oms.EndToEnd;

/// <summary>
/// Compares every order, fill, balance and position of the OMS with the exchange's own ledger.
/// </summary>
internal static class Agreement
{
    private static readonly Dictionary<OrderStatus, string> ExchangeStatus = new()
    {
        [OrderStatus.New] = "NEW",
        [OrderStatus.PartiallyFilled] = "PARTIALLY_FILLED",
        [OrderStatus.Filled] = "FILLED",
        [OrderStatus.Canceled] = "CANCELED",
        [OrderStatus.Expired] = "EXPIRED",
    };

    /// <summary>The accounts that trade spot, without their exchange.</summary>
    public static IReadOnlyList<string> SpotAccounts { get; } =
        ["main", "sub_spot_arb", "sub_market_making"];

    /// <summary>And the one that trades futures.</summary>
    public const string FuturesAccount = "sub_futures_trend";

    /// <summary>All differences, one line each; empty when both agree.</summary>
    public static async Task<IReadOnlyList<string>> DifferencesAsync(Deployment deployment)
    {
        var differences = new List<string>();
        SimulatorLedger ledger = await deployment.LedgerAsync();
        List<Order> orders = await OrdersAsync(deployment);
        CompareOrders(ledger, orders, differences);
        CompareFills(ledger, orders, await FillsAsync(deployment), differences);
        await CompareBalancesAsync(deployment, ledger, differences);
        await ComparePositionsAsync(deployment, ledger, differences);
        return differences;
    }

    public static async Task<List<Order>> OrdersAsync(Deployment deployment)
    {
        var client = new OrderService.OrderServiceClient(deployment.Channel);
        var orders = new List<Order>();
        string pageToken = "";
        do
        {
            ListOrdersResponse page = await client.ListOrdersAsync(
                new ListOrdersRequest { PageSize = 500, PageToken = pageToken });
            orders.AddRange(page.Orders);
            pageToken = page.NextPageToken;
        }
        while (pageToken.Length > 0);
        return orders;
    }

    /// <summary>All fills, the newest first.</summary>
    public static async Task<List<Fill>> FillsAsync(Deployment deployment)
    {
        var client = new OrderService.OrderServiceClient(deployment.Channel);
        var fills = new List<Fill>();
        string pageToken = "";
        do
        {
            ListFillsResponse page = await client.ListFillsAsync(
                new ListFillsRequest { PageSize = 500, PageToken = pageToken });
            fills.AddRange(page.Fills);
            pageToken = page.NextPageToken;
        }
        while (pageToken.Length > 0);
        return fills;
    }

    private static void CompareOrders(SimulatorLedger ledger, List<Order> orders, List<string> differences)
    {
        Dictionary<string, Order> byExchangeOrderId = [];
        foreach (Order order in orders.Where(order => order.ExchangeOrderId.Length > 0))
        {
            // Spot and futures number their orders for themselves.
            if (!byExchangeOrderId.TryAdd($"{order.Account} {order.ExchangeOrderId}", order))
            {
                differences.Add($"two orders say exchange order id {order.ExchangeOrderId}");
            }
        }

        foreach (SimulatorOrder truth in ledger.Orders)
        {
            string id = string.Create(
                CultureInfo.InvariantCulture, $"binance/{truth.Account} {truth.OrderId}");
            if (!byExchangeOrderId.Remove(id, out Order? order))
            {
                differences.Add(
                    $"the exchange has order {id} ({truth.ClientOrderId}, {truth.Status}), the OMS has not");
                continue;
            }

            bool agrees = order.Account == $"binance/{truth.Account}"
                && ExchangeStatus.GetValueOrDefault(order.Status) == truth.Status
                && Number(order.Quantity) == truth.Quantity
                && Number(order.FilledQuantity) == truth.ExecutedQuantity;
            if (!agrees)
            {
                differences.Add(
                    $"order {id}: exchange {truth.Status} {truth.ExecutedQuantity}/{truth.Quantity}, "
                    + $"OMS {order.Status} {order.FilledQuantity}/{order.Quantity} ({order.Account})");
            }
        }

        differences.AddRange(
            byExchangeOrderId.Keys.Select(id => $"the OMS has order {id}, the exchange has not"));
        // One that was still to wait for another here may be canceled before it went out.
        differences.AddRange(orders
            .Where(order => order.ExchangeOrderId.Length == 0
                && order.Status is not (OrderStatus.Rejected or OrderStatus.Canceled))
            .Select(order => $"order {order.ClientOrderId} is {order.Status} and has no exchange order id"));
    }

    private static void CompareFills(
        SimulatorLedger ledger, List<Order> orders, List<Fill> fills, List<string> differences)
    {
        Dictionary<string, string> exchangeOrderId =
            orders.ToDictionary(order => order.OrderId, order => order.ExchangeOrderId);
        string[] booked = [.. fills.Select(fill => string.Create(
            CultureInfo.InvariantCulture,
            $"{fill.Account} order {exchangeOrderId[fill.OrderId]} trade {fill.TradeId}: "
            + $"{Number(fill.Quantity):G29} @ {Number(fill.Price):G29} "
            + $"fee {Number(fill.Fee):G29} {fill.FeeAsset}"))];
        string[] truth = [.. ledger.Trades.Select(trade => string.Create(
            CultureInfo.InvariantCulture,
            $"binance/{trade.Account} order {trade.OrderId} trade {trade.TradeId}: "
            + $"{trade.Quantity:G29} @ {trade.Price:G29} "
            + $"fee {trade.Commission:G29} {trade.CommissionAsset}"))];
        differences.AddRange(truth.Except(booked).Select(fill => $"not booked: {fill}"));
        differences.AddRange(booked.Except(truth).Select(fill => $"booked and not at the exchange: {fill}"));
        differences.AddRange(booked
            .GroupBy(fill => fill)
            .Where(same => same.Count() > 1)
            .Select(same => $"booked twice: {same.Key}"));
    }

    private static async Task CompareBalancesAsync(
        Deployment deployment, SimulatorLedger ledger, List<string> differences)
    {
        var client = new AccountService.AccountServiceClient(deployment.Channel);
        ListBalancesResponse balances = await client.ListBalancesAsync(new ListBalancesRequest());
        Dictionary<(string, Market, string), Balance> byAsset = [];
        foreach (Balance balance in balances.Balances)
        {
            if (!byAsset.TryAdd((balance.Account, balance.Wallet, balance.Asset), balance))
            {
                differences.Add($"two balances of {balance.Account} {balance.Wallet} {balance.Asset}");
            }
        }

        foreach ((string account, IReadOnlyDictionary<string, SimulatorBalance> assets) in ledger.Balances)
        {
            foreach ((string asset, SimulatorBalance truth) in assets)
            {
                _ = byAsset.Remove(($"binance/{account}", Market.Spot, asset), out Balance? balance);
                CompareBalance($"binance/{account} {asset}", truth, balance, differences);
            }
        }

        foreach ((string account, IReadOnlyDictionary<string, SimulatorBalance> assets) in ledger.FuturesBalances)
        {
            foreach ((string asset, SimulatorBalance truth) in assets)
            {
                _ = byAsset.Remove(($"binance/{account}", Market.Futures, asset), out Balance? balance);
                // The wallet alone is the exchange's word: what is reserved, and lost on paper, is our estimate.
                if (ledger.IsFlat(account))
                {
                    CompareBalance($"binance/{account} futures {asset}", truth, balance, differences);
                }
            }
        }

        foreach (Balance balance in byAsset.Values)
        {
            CompareBalance($"{balance.Account} {balance.Asset}", new(0, 0), balance, differences);
        }
    }

    /// <param name="name">Account and asset.</param>
    /// <param name="truth">What the exchange has.</param>
    /// <param name="balance">What the OMS has; null, where it has no row, is nothing.</param>
    /// <param name="differences">Added to.</param>
    private static void CompareBalance(
        string name, SimulatorBalance truth, Balance? balance, List<string> differences)
    {
        decimal free = balance is null ? 0 : Number(balance.Free);
        decimal reserved = balance is null ? 0 : Number(balance.Reserved);
        if (free != truth.Free || reserved != truth.Locked)
        {
            differences.Add(
                $"{name}: exchange {truth.Free} free {truth.Locked} locked, "
                + (balance is null ? "OMS no row" : $"OMS {free} free {reserved} reserved"));
        }
    }

    private static async Task ComparePositionsAsync(
        Deployment deployment, SimulatorLedger ledger, List<string> differences)
    {
        var client = new PositionService.PositionServiceClient(deployment.Channel);
        ListPositionsResponse positions = await client.ListPositionsAsync(new ListPositionsRequest());
        Dictionary<string, decimal> held = positions.Positions.ToDictionary(
            position => $"{position.Account} {ExchangeSymbol(position.Symbol)}",
            position => Number(position.Quantity));
        Dictionary<string, decimal> truth = ledger.Trades
            .GroupBy(trade => $"binance/{trade.Account} {trade.Symbol}")
            .ToDictionary(trades => trades.Key, trades => trades.Sum(trade => trade.PositionChange));
        differences.AddRange(held.Keys.Union(truth.Keys)
            .Where(name => held.GetValueOrDefault(name) != truth.GetValueOrDefault(name))
            .Select(name => $"position {name}: by the exchange's trades {truth.GetValueOrDefault(name)}, "
                + $"OMS {held.GetValueOrDefault(name)}"));
    }

    private static string ExchangeSymbol(string symbol) =>
        symbol.Split(':')[0].Replace("/", "", StringComparison.Ordinal);

    internal static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    internal static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
