using Microsoft.Extensions.Time.Testing;
using Oms.ExchangeSimulator.Crowd;
using Oms.ExchangeSimulator.Exchange;
using Oms.Matching;

namespace Oms.ExchangeSimulator.Tests;

/// <summary>An exchange with two accounts, a clock that stands still, and a journal in a folder.</summary>
internal sealed class TestExchange : IDisposable
{
    public static readonly OrderCountLimits NoLimits = new(int.MaxValue, int.MaxValue);

    private readonly ExchangeJournal _journal;

    public TestExchange(string directory)
    {
        Clock = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000));
        _journal = ExchangeJournal.Open(directory);
        Alice = new Account("alice", 1, NoLimits);
        Bob = new Account("bob", 2, NoLimits);
        State = new ExchangeState([Alice, Bob], SpotSymbols.All, SpotSymbols.DepthSpeeds, _journal.FirstId);
        long rate = Amount.Of("0.001");
        SpotClearing clearing = new(new CommissionRates(rate, rate));
        Core = new ExchangeCore(new Lock(), State, clearing, _journal, JournalMarket.Spot, Events, Clock);
        _journal.Begin(Core.NowMs());
        Exchange = new SpotExchange(Core, State, clearing);
        Dictionary<string, long> opening = new()
        {
            ["USDT"] = Amount.Of("100000"), ["BTC"] = Amount.Of("5"),
        };
        Core.Open(new Dictionary<string, IReadOnlyDictionary<string, long>>
        {
            ["alice"] = opening, ["bob"] = opening,
        });
        Market = State.TryGetMarket("BTCUSDT", out Market? market)
            ? market
            : throw new InvalidOperationException();
    }

    public FakeTimeProvider Clock { get; }

    public ExchangeJournal Journal => _journal;

    public ExchangeCore Core { get; }

    public SpotExchange Exchange { get; }

    public ExchangeState State { get; }

    public Account Alice { get; }

    public Account Bob { get; }

    public Market Market { get; }

    public EventLog Events { get; } = new();

    public void Crowd(params (BookSide Side, string Price, string Quantity)[] levels) =>
        Core.Apply(Market, new CrowdDiff(0, [.. levels.Select(level =>
            new CrowdLevel(level.Side, Amount.Of(level.Price), Amount.Of(level.Quantity)))]));

    public PlaceResult Limit(
        Account account, OrderSide side, string price, string quantity,
        TimeInForce timeInForce = TimeInForce.GoodTillCanceled, string? id = null,
        SelfTradePrevention prevention = SelfTradePrevention.ExpireMaker, OrderType type = OrderType.Limit) =>
        Exchange.Place(new NewOrder(
            account, Market, id, side, type, timeInForce, Amount.Of(price), Amount.Of(quantity), 0,
            prevention));

    public PlaceResult AtMarket(
        Account account, OrderSide side, string quantity, string quoteQuantity = "0") =>
        Exchange.Place(new NewOrder(
            account, Market, null, side, OrderType.Market, TimeInForce.GoodTillCanceled, 0,
            Amount.Of(quantity), Amount.Of(quoteQuantity), SelfTradePrevention.ExpireMaker));

    /// <summary>Everything a client could ask about, as text.</summary>
    public string Snapshot() => System.Text.Encoding.UTF8.GetString(Binance.ApiAnswer.Of(json =>
        Judge.LedgerReport.Write(json, State, null, new Judge.RequestCounters(), new Judge.Faults(1))).Result.Span);

    public void Dispose() => _journal.Dispose();
}
