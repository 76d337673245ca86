using System.Text;
using System.Text.Json;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.SharedMemory.Tables;
using Oms.Testing;

namespace Oms.FastPath.Tests;

/// <summary>
/// An exchange of kind <c>internal</c>, from its configuration to its trades. Alpha and its sub-account charlie have
/// one owner; bravo has another. Prices have 2 decimals, quantities 3; makers pay 100 ppm, takers 500.
/// </summary>
public sealed class InternalExchangeTests : IAsyncDisposable
{
    private const string Exchange =
        """
        exchanges:
          house:
            kind: internal
            listings:
              - symbol: OMS/USDT
                market: spot
                exchange_symbol: OMSUSDT
                price_decimals: 2
                quantity_decimals: 3
                opening_price: 100.50
                maker_fee_ppm: 100
                taker_fee_ppm: 500

        """;

    private const string Accounts =
        """
        accounts:
          house:
            alpha:
              type: main
              spot_enabled: true
              futures_enabled: false
              balances: { USDT: 10000, OMS: 100 }
            bravo:
              type: main
              spot_enabled: true
              futures_enabled: false
              balances: { USDT: 10000 }
            charlie:
              type: sub
              parent: alpha
              spot_enabled: true
              futures_enabled: false
              balances: { USDT: 5000 }

        """;

    private readonly Deployment _deployment = new();

    public InternalExchangeTests()
    {
        _deployment.Configure("exchanges.yaml", "exchanges:\n", Exchange);
        _deployment.Configure("accounts.yaml", "accounts:\n", Accounts);
    }

    public ValueTask DisposeAsync() => _deployment.DisposeAsync();

    [Fact]
    public async Task Accounts_open_with_what_is_configured_once_and_only_once()
    {
        ChildProcess process = await _deployment.StartAsync();
        Assert.Equal(["alpha OMS 100", "alpha USDT 10000", "bravo USDT 10000", "charlie USDT 5000"], Balances());
        await process.KillAsync();
        LogBook first = LogBook.Of(_deployment);
        Assert.Equal(4, first.Inputs.Count(kind => kind == MessageKind.FundsDeposited));
        Assert.Equal(1, first.Inputs.Count(kind => kind == MessageKind.LastTrade));

        // Neither a restart, nor a loss of all memory, nor another number in the file deposits again.
        process = await _deployment.StartAsync();
        await process.KillAsync();
        _deployment.DeleteRegion();
        _deployment.Configure("accounts.yaml", "USDT: 10000, OMS: 100", "USDT: 77777, OMS: 100, ETH: 5");
        _ = await _deployment.StartAsync();
        Assert.Equal(["alpha OMS 100", "alpha USDT 10000", "bravo USDT 10000", "charlie USDT 5000"], Balances());
    }

    [Fact]
    public async Task The_book_and_its_best_prices_are_shown()
    {
        _ = await _deployment.StartAsync();
        using var trader = new Strategy(_deployment, 0);
        await trader.UntilHeardAsync();
        await RestThreeSellsAsync(trader);
        await PlaceAsync(trader, "bravo", Side.Buy, 9_900, 1_500, "bid");

        using var directory = new ListingDirectory(_deployment.Region);
        InstrumentId instrument = directory.Instruments
            .Single(each => each.Exchange.ToString() == "house").InstrumentId;
        using var books = new BookTables(_deployment.Region, TimeProvider.System);
        string shown = "";
        await Eventually.True(() =>
        {
            shown = books.Of(instrument) is { } book ? $"{Told(book.Bids)} | {Told(book.Asks)}" : "";
            return shown.Contains("9900", StringComparison.Ordinal);
        });
        // Quantities have 8 decimals.
        Assert.Equal("150000000@9900 | 200000000@10050 100000000@10100", shown);
        using var tops = StateTable<TopOfBook>.OpenReader(_deployment.Region, StateTables.TopsOfBook);
        Assert.True(tops.TryRead((int)instrument.Value - 1, out TopOfBook top));
        Assert.Equal(
            (9_900, 1_500, 10_050, 2_000), (top.BidPrice, top.BidQuantity, top.AskPrice, top.AskQuantity));
        Assert.NotEqual(0, top.ExchangeUnixNanos);
    }

    [Fact]
    public async Task Two_accounts_trade_at_the_best_price_and_the_oldest_first_and_pay_their_fees()
    {
        _ = await _deployment.StartAsync();
        using var trader = new Strategy(_deployment, 0);
        await trader.UntilHeardAsync();
        await RestThreeSellsAsync(trader);

        // 2.500 of 3.000: the two at 100.50 in their order, then half of the one at 101.00.
        await PlaceAsync(trader, "bravo", Side.Buy, 10_100, 2_500, "buy");

        Assert.Equal(
            [
                "second maker 1000@10050 fee 0.01005 Filled",
                "buy taker 1000@10050 fee 0.05025 PartiallyFilled",
                "third maker 1000@10050 fee 0.01005 Filled",
                "buy taker 1000@10050 fee 0.05025 PartiallyFilled",
                "first maker 500@10100 fee 0.00505 PartiallyFilled",
                "buy taker 500@10100 fee 0.02525 Filled",
            ],
            Trades(trader));
        // Both paid in what they paid with: 251.50 changed hands.
        Assert.Equal(
            ["alpha OMS 97.5", "alpha USDT 10251.47485", "bravo OMS 2.5", "bravo USDT 9748.37425", "charlie USDT 5000"],
            Balances());
    }

    [Fact]
    public async Task Accounts_of_one_owner_do_not_trade_with_each_other()
    {
        _ = await _deployment.StartAsync();
        using var trader = new Strategy(_deployment, 0);
        await trader.UntilHeardAsync();
        await RestThreeSellsAsync(trader);

        ExecutionReport answer = await PlaceAsync(trader, "charlie", Side.Buy, 10_100, 500, "own");
        ExecutionReport last = trader.Reports.Last(report => report.OrderId == answer.OrderId);

        Assert.Equal((OrderStatus.Canceled, RejectReason.SelfTrade), (last.Status, last.RejectReason));
        Assert.Empty(Trades(trader));
        Assert.Equal(["alpha OMS 100", "alpha USDT 10000", "bravo USDT 10000", "charlie USDT 5000"], Balances());
    }

    [Fact]
    public async Task Books_and_balances_outlast_a_kill_and_the_log_replays_to_the_same()
    {
        ChildProcess process = await _deployment.StartAsync();
        using var trader = new Strategy(_deployment, 0);
        await trader.UntilHeardAsync();
        await RestThreeSellsAsync(trader);
        await PlaceAsync(trader, "bravo", Side.Buy, 10_050, 1_500, "buy");
        string[] before = [.. Balances()];
        await process.KillAsync();

        process = await _deployment.StartAsync();
        Assert.Equal(before, Balances());
        trader.Events.Clear();
        await PlaceAsync(trader, "bravo", Side.Buy, 10_100, 1_000, "again");
        Assert.Equal(
            [
                "third maker 500@10050 fee 0.005025 Filled",
                "again taker 500@10050 fee 0.025125 PartiallyFilled",
                "first maker 500@10100 fee 0.00505 PartiallyFilled",
                "again taker 500@10100 fee 0.02525 Filled",
            ],
            Trades(trader));

        (int exitCode, string output, string errorText) =
            await Deployment.RunAsync("verify-log", "--data", _deployment.Data.Path, "--json");
        Assert.True(exitCode == 0, errorText);
        using var verified = JsonDocument.Parse(output);
        Assert.True(verified.RootElement.GetProperty("replayed_events").GetInt64() > 0);
        string[] after = [.. Balances()];
        await process.KillAsync();
        _deployment.DeleteRegion();
        _ = await _deployment.StartAsync();
        Assert.Equal(after, Balances());
    }

    [Fact]
    public async Task The_price_collar_holds_from_the_opening_price_on()
    {
        _ = await _deployment.StartAsync();
        using var trader = new Strategy(_deployment, 0);
        await trader.UntilHeardAsync();

        // 5 % of 100.50.
        ExecutionReport beyond = await PlaceAsync(trader, "bravo", Side.Buy, 10_553, 1_000, "beyond");
        ExecutionReport within = await PlaceAsync(trader, "bravo", Side.Buy, 10_552, 1_000, "within");

        Assert.Equal(RejectReason.PriceOutsideCollar, beyond.RejectReason);
        Assert.Equal((RejectReason.None, OrderStatus.New), (within.RejectReason, within.Status));
    }

    private async Task RestThreeSellsAsync(Strategy trader)
    {
        _ = await PlaceAsync(trader, "alpha", Side.Sell, 10_100, 1_000, "first");
        _ = await PlaceAsync(trader, "alpha", Side.Sell, 10_050, 1_000, "second");
        _ = await PlaceAsync(trader, "alpha", Side.Sell, 10_050, 1_000, "third");
    }

    /// <summary>Places an order; returns its answer when all that follows from it was heard.</summary>
    private static async Task<ExecutionReport> PlaceAsync(
        Strategy trader, string account, Side side, long price, long quantity, string clientOrderId)
    {
        AccountId id = trader.Account($"house/{account}");
        InstrumentId instrument = trader.Instrument("house", "OMS/USDT").InstrumentId;
        ExecutionReport answer =
            await trader.AnswerAsync(trader.Place(id, instrument, side, price, quantity, clientOrderId));
        // Events come in their order: behind the refusal of another command nothing of this one is missing.
        _ = await trader.AnswerAsync(trader.Place(id, instrument, side, price, 0, $"{clientOrderId}-behind"));
        return answer;
    }

    private static string Told(ReadOnlySpan<BookLevel> levels)
    {
        var told = new StringBuilder();
        foreach (BookLevel level in levels)
        {
            _ = told.Append($"{level.Quantity}@{level.Price} ");
        }

        return told.ToString().TrimEnd();
    }

    private static IEnumerable<string> Trades(Strategy trader) =>
        from report in trader.Reports
        where report.ExecutionType == ExecutionType.Trade
        let role = report.IsMaker != 0 ? "maker" : "taker"
        select $"{report.ClientOrderId} {role} {report.LastQuantity}@{report.LastPrice} fee {Amount(report.Fee)} "
            + report.Status;

    /// <summary>Free and reserved together, of the accounts of the house, once all rows are whole.</summary>
    private IEnumerable<string> Balances()
    {
        using var directory = new ListingDirectory(_deployment.Region);
        using var table = StateTable<BalanceChanged>.OpenReader(_deployment.Region, StateTables.Balances);
        Dictionary<AccountId, string> accounts =
            directory.Accounts.ToDictionary(account => account.Header.AccountId, account => account.Name.ToString());
        Dictionary<AssetId, string> assets =
            directory.Assets.ToDictionary(asset => asset.AssetId, asset => asset.Name.ToString());
        List<string> lines = [];
        for (int row = 0; row < table.Count; row++)
        {
            Assert.True(table.TryRead(row, out BalanceChanged balance));
            string account = accounts[balance.Header.AccountId];
            long total = balance.Free + balance.ReservedAmount;
            if (account.StartsWith("house/", StringComparison.Ordinal) && total != 0)
            {
                lines.Add($"{account["house/".Length..]} {assets[balance.AssetId]} {Amount(total)}");
            }
        }

        return lines.Order(StringComparer.Ordinal);
    }

    private static string Amount(long mantissa) =>
        (mantissa / 100_000_000m).ToString("0.########", System.Globalization.CultureInfo.InvariantCulture);
}
