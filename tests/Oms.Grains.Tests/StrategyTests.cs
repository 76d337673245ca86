using System.Collections.Frozen;
using System.Collections.Immutable;
using Oms.Domain.Configuration;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Text;
using Oms.Domain.Time;
using Oms.Grains.Strategies;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Rings;
using Oms.SharedMemory.Tables;
using Oms.Testing;

namespace Oms.Grains.Tests;

/// <summary>The example of a strategy over real rings and tables; the test plays FastPath.</summary>
public sealed class StrategyTests : IDisposable
{
    private static readonly AccountId First = new(1);
    private static readonly AccountId Second = new(2);
    private static readonly AssetId Btc = new(1);
    private static readonly AssetId Usdt = new(2);

    private readonly TemporaryFolder _folder = new("strategy");
    private readonly SharedRegion _region;
    private readonly List<IDisposable> _opened = [];
    private readonly StateTable<TopOfBook> _tops;
    private readonly StateTable<BalanceChanged> _balances;
    private readonly RingReader _commands;
    private readonly RingWriter _events;
    private long _logSequence;

    public StrategyTests()
    {
        _region = SharedRegion.ForDataFolder(_folder["data"]);
        Write(Table<AssetDefined>(StateTables.Assets), Asset(Btc, "BTC"), Asset(Usdt, "USDT"));
        Write(
            Table<AccountDefined>(StateTables.Accounts), Account(First, "test/first"), Account(Second, "test/second"));
        Write(Table<InstrumentDefined>(StateTables.Instruments), Instrument());
        _tops = Table<TopOfBook>(StateTables.TopsOfBook);
        _balances = Table<BalanceChanged>(StateTables.Balances);
        foreach (string ring in new[] { RingTopology.StrategyCommands(0), RingTopology.StrategyEvents(0) })
        {
            RingFile.CreateIfAbsent(_region.RingPath(ring), 65_536, incarnation: 1);
        }

        _commands = Opened(RingReader.Attach(_region.RingPath(RingTopology.StrategyCommands(0))));
        _events = Opened(RingWriter.Attach(_region.RingPath(RingTopology.StrategyEvents(0))));
    }

    [Fact]
    public async Task Quotes_stand_around_the_middle_and_move_with_it()
    {
        using StrategyRun run = Start(AccountChoice.Strategy, First);
        Top(99_00, 101_00);
        PlaceOrder[] quotes = [Next<PlaceOrder>(await TakeAsync()), Next<PlaceOrder>(await TakeAsync())];
        Assert.Equal([(Side.Buy, 99_90L), (Side.Sell, 100_10L)], quotes.Select(Priced));
        Assert.All(quotes, quote => Assert.True(quote.Terms.IsPostOnly && quote.Header.AccountId == First));

        // Less than the quotes are moved for, then more.
        Top(99_01, 101_01);
        Top(100_00, 102_00);
        CancelOrder[] canceled = [Next<CancelOrder>(await TakeAsync()), Next<CancelOrder>(await TakeAsync())];
        Assert.Equal(quotes.Select(quote => quote.ClientOrderId), canceled.Select(cancel => cancel.ClientOrderId));
        Report(quotes[0], OrderStatus.Canceled, ExecutionType.Canceled);
        Report(quotes[1], OrderStatus.Canceled, ExecutionType.Canceled);
        Assert.Equal((Side.Buy, 100_90L), Priced(Next<PlaceOrder>(await TakeAsync())));
        Assert.Equal((Side.Sell, 101_10L), Priced(Next<PlaceOrder>(await TakeAsync())));
    }

    [Fact]
    public async Task A_side_that_would_make_the_position_too_large_is_not_quoted()
    {
        using StrategyRun run = Start(AccountChoice.Strategy, First);
        Top(99_00, 101_00);
        PlaceOrder[] quotes = [Next<PlaceOrder>(await TakeAsync()), Next<PlaceOrder>(await TakeAsync())];
        Report(quotes[0], OrderStatus.Filled, ExecutionType.Trade, filled: 1_000);
        Report(quotes[1], OrderStatus.Canceled, ExecutionType.Canceled);
        PlaceOrder only = Next<PlaceOrder>(await TakeAsync());
        Assert.Equal(Side.Sell, only.Terms.Side);
        await Eventually.True(() => run.Desk.Fills == 1 && run.Desk.Position == 1_000 && run.Desk.Live.Count == 1);
    }

    [Fact]
    public async Task A_strategy_that_stops_leaves_no_order_behind()
    {
        StrategyRun run = Start(AccountChoice.Strategy, First);
        Top(99_00, 101_00);
        PlaceOrder[] quotes = [Next<PlaceOrder>(await TakeAsync()), Next<PlaceOrder>(await TakeAsync())];
        Task stopping = Task.Run(run.Dispose, TestContext.Current.CancellationToken);
        _ = Next<CancelOrder>(await TakeAsync());
        _ = Next<CancelOrder>(await TakeAsync());
        Report(quotes[0], OrderStatus.Canceled, ExecutionType.Canceled);
        Report(quotes[1], OrderStatus.Canceled, ExecutionType.Canceled);
        await stopping;
        Assert.Empty(run.Desk.Live);
        Assert.Equal("", run.Problem);
    }

    [Fact]
    public async Task A_strategy_that_missed_an_event_cancels_its_orders_and_says_why_it_ended()
    {
        using StrategyRun run = Start(AccountChoice.Strategy, First);
        Top(99_00, 101_00);
        PlaceOrder[] quotes = [Next<PlaceOrder>(await TakeAsync()), Next<PlaceOrder>(await TakeAsync())];
        Report(quotes[0], OrderStatus.New, ExecutionType.New);
        _logSequence += 5;
        Report(quotes[1], OrderStatus.New, ExecutionType.New);
        _ = Next<CancelOrder>(await TakeAsync());
        _ = Next<CancelOrder>(await TakeAsync());
        await Eventually.True(() => run.Problem == "events 2 to 7 were missed");
    }

    [Theory]
    [InlineData(AccountChoice.Strategy, "1 1 1 1")]
    [InlineData(AccountChoice.Rotation, "1 2 1 2")]
    [InlineData(AccountChoice.Balance, "2 1 2 1")]
    [InlineData(AccountChoice.RequestBudget, "2 2 1 2")]
    public void Each_order_finds_its_account(AccountChoice choice, string expected)
    {
        Balance(0, First, Usdt, 5);
        Balance(1, Second, Usdt, 7);
        Balance(2, First, Btc, 2);
        Balance(3, Second, Btc, 1);
        InstrumentDefined instrument = Instrument();
        StateTable<RequestBudgetRow> budgets = Opened(StateTable<RequestBudgetRow>.OpenWriter(
            _region, StateTables.RequestBudgetsOf(0), RequestBudgets.RowsFor(accounts: 2)));
        using var seen = new RequestBudgets(_region);
        var route = new AccountRoute(
            choice, [Account(First, "test/first"), Account(Second, "test/second")], instrument, _balances, seen,
            TimeProvider.System);
        (long First, long Second)[] ordersLeft = [(9, 10), (9, 10), (9, 9), (9, 9)];
        var chosen = new List<uint>();
        foreach ((long first, long second) in ordersLeft)
        {
            Budget(budgets, First, first);
            Budget(budgets, Second, second);
            chosen.Add(route.Choose(chosen.Count % 2 == 0 ? Side.Buy : Side.Sell).Value);
        }

        Assert.Equal(expected, string.Join(' ', chosen));
    }

    [Fact]
    public void An_account_of_which_nobody_speaks_any_more_has_no_budget()
    {
        StateTable<RequestBudgetRow> budgets = Opened(StateTable<RequestBudgetRow>.OpenWriter(
            _region, StateTables.RequestBudgetsOf(0), RequestBudgets.RowsFor(accounts: 2)));
        using var seen = new RequestBudgets(_region);
        var route = new AccountRoute(
            AccountChoice.RequestBudget, [Account(First, "test/first"), Account(Second, "test/second")], Instrument(),
            _balances, seen, TimeProvider.System);
        Budget(budgets, First, ordersLeft: 100, age: TimeSpan.FromMinutes(1));
        Budget(budgets, Second, ordersLeft: 1);
        Assert.Equal(Second, route.Choose(Side.Buy));
    }

    public void Dispose()
    {
        foreach (IDisposable opened in _opened)
        {
            opened.Dispose();
        }

        _region.Delete();
        _folder.Dispose();
    }

    private static void Budget(
        StateTable<RequestBudgetRow> table, AccountId account, long ordersLeft, TimeSpan age = default)
    {
        var row = new RequestBudgetRow
        {
            OrdersLeft = ordersLeft, WeightLeft = 1, HeldUntilUnixNanos = 0,
            UnixNanos = UnixNanos.Of(TimeProvider.System.GetUtcNow() - age).Value,
        };
        table.Write(RequestBudgets.RowOf(account, Market.Spot), in row);
    }

    private static TMessage Next<TMessage>(byte[] message)
        where TMessage : unmanaged, IMessage => MessageBytes.As<TMessage>(message);

    private static (Side, long) Priced(PlaceOrder order) => (order.Terms.Side, order.Terms.Price);

    private static AssetDefined Asset(AssetId id, string name) => new()
    {
        Header = MessageHeader.For<AssetDefined>(), AssetId = id, Decimals = 8, Name = Text16.Of(name),
    };

    private static AccountDefined Account(AccountId id, string name) => new()
    {
        Header = MessageHeader.For<AccountDefined>(id),
        Name = Text64.Of(name),
        Exchange = Text16.Of("test"),
        Connector = 0,
        Markets = MarketFlags.Spot,
        OwnerGroup = 1,
    };

    private static InstrumentDefined Instrument() => new()
    {
        Header = MessageHeader.For<InstrumentDefined>(),
        InstrumentId = new(1),
        BaseAssetId = Btc,
        QuoteAssetId = Usdt,
        Market = Market.Spot,
        PriceDecimals = 2,
        QuantityDecimals = 3,
        IsMatchedHere = 0,
        Exchange = Text16.Of("test"),
        Symbol = Text32.Of("BTC/USDT"),
        ExchangeSymbol = Text32.Of("BTCUSDT"),
    };

    private static void Write<TRow>(StateTable<TRow> table, params ReadOnlySpan<TRow> rows)
        where TRow : unmanaged, IMessage
    {
        for (int index = 0; index < rows.Length; index++)
        {
            table.Write(index, in rows[index]);
        }
    }

    private StrategyRun Start(AccountChoice choice, params AccountId[] accounts)
    {
        var configuration = new StrategyConfiguration
        {
            Name = "maker",
            Kind = MarketMaker.Kind,
            IsEnabled = true,
            Exchange = "test",
            Market = Market.Spot,
            Symbol = "BTC/USDT",
            Choice = choice,
            Accounts = [.. accounts.Select(account => new Domain.Accounts.AccountName(
                "test", account == First ? "first" : "second"))],
            Parameters = new Dictionary<string, decimal>
            {
                ["half_spread_basis_points"] = 10,
                ["requote_basis_points"] = 5,
                ["quantity"] = 1,
                ["position_max"] = 1,
            }.ToFrozenDictionary(),
        };
        ImmutableArray<StrategyConfiguration> strategies = [configuration];
        _commands.Beat();
        var floor = new StrategyFloor(strategies, _region, StrategyFloor.Kinds, TimeProvider.System);
        StrategyRun run = floor.Prepare("maker");
        run.Start();
        return run;
    }

    private void Top(long bid, long ask)
    {
        var top = new TopOfBook
        {
            Header = MessageHeader.For<TopOfBook>(),
            InstrumentId = new(1),
            BidPrice = bid,
            BidQuantity = 1,
            AskPrice = ask,
            AskQuantity = 1,
            ExchangeUnixNanos = 1,
        };
        _commands.Beat();
        _tops.Write(0, in top);
    }

    private void Balance(int row, AccountId account, AssetId asset, long free)
    {
        var balance = new BalanceChanged
        {
            Header = MessageHeader.For<BalanceChanged>(account),
            AssetId = asset,
            Wallet = Market.Spot,
            Change = BalanceChange.Opening,
            Free = free,
            InTransit = 0,
            OrderId = OrderId.None,
        };
        _balances.Write(row, in balance);
    }

    private void Report(PlaceOrder order, OrderStatus status, ExecutionType type, long filled = 0)
    {
        var report = new ExecutionReport
        {
            Header = MessageHeader.For<ExecutionReport>(order.Header.AccountId) with { LogSequence = ++_logSequence },
            OrderId = OrderId.Of(1, 1, _logSequence),
            ClientOrderId = order.ClientOrderId,
            InstrumentId = order.InstrumentId,
            Terms = order.Terms,
            Status = status,
            ExecutionType = type,
            IsMaker = 1,
            Origin = OrderOrigin.Client,
            RejectReason = RejectReason.None,
            CumulativeQuantity = filled,
            CumulativeNotional = 0,
            LastPrice = order.Terms.Price,
            LastQuantity = filled,
            Fee = 0,
            FeeAssetId = AssetId.None,
            ExchangeErrorCode = 0,
            TradeId = 0,
            ExchangeOrderId = 0,
            CorrelationId = 0,
            ExchangeUnixNanos = 0,
            ReplyReceived = 0,
            Stages = default,
        };
        Assert.Equal(OfferResult.Accepted, _events.Offer(in report));
    }

    /// <summary>The next command of the strategy.</summary>
    private async Task<byte[]> TakeAsync()
    {
        byte[]? taken = null;
        await Eventually.True(() =>
        {
            _commands.Beat();
            taken = _commands.TryRead(out ReadOnlySpan<byte> message) ? message.ToArray() : null;
            return taken is not null;
        });
        return taken ?? [];
    }

    private StateTable<TRow> Table<TRow>(string name)
        where TRow : unmanaged, IMessage => Opened(StateTable<TRow>.OpenWriter(_region, name, rowsMax: 8));

    private T Opened<T>(T opened)
        where T : IDisposable
    {
        _opened.Add(opened);
        return opened;
    }
}
