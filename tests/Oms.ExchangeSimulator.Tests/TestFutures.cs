using Microsoft.Extensions.Time.Testing;
using Oms.ExchangeSimulator.Crowd;
using Oms.ExchangeSimulator.Exchange;
using Oms.ExchangeSimulator.Futures;
using Oms.Matching;

namespace Oms.ExchangeSimulator.Tests;

/// <summary>
/// The market of futures with two accounts of 10,000 each, no commission, and a clock that stands still.
/// </summary>
internal sealed class TestFutures : IFuturesListener, IDisposable
{
    private readonly ExchangeJournal _journal;

    public TestFutures(string directory, string commission = "0")
    {
        Clock = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000));
        _journal = ExchangeJournal.Open(directory);
        Account alice = new("alice", 1, TestExchange.NoLimits);
        Account bob = new("bob", 2, TestExchange.NoLimits);
        ExchangeState shared = new(
            [alice, bob], FuturesSymbol.All.Select(symbol => symbol.Listed), FuturesSymbol.DepthSpeeds,
            _journal.FirstId);
        ExchangeState spot = new([], SpotSymbols.All, SpotSymbols.DepthSpeeds, _journal.FirstId);
        State = new FuturesState(shared, spot);
        long rate = Amount.Of(commission);
        FuturesClearing clearing = new(State, new CommissionRates(rate, rate));
        Core = new ExchangeCore(new Lock(), shared, clearing, _journal, JournalMarket.Futures, Events, Clock);
        _journal.Begin(Core.NowMs());
        Exchange = new FuturesExchange(Core, State, clearing, this);
        (Alice, Bob) = (State.Of(alice), State.Of(bob));
        Dictionary<string, long> opening = new() { ["USDT"] = Amount.Of("10000") };
        Core.Open(new Dictionary<string, IReadOnlyDictionary<string, long>> { ["alice"] = opening, ["bob"] = opening });
        Market = shared.TryGetMarket("BTCUSDT", out Market? market) ? market : throw new InvalidOperationException();
    }

    public FakeTimeProvider Clock { get; }

    public ExchangeCore Core { get; }

    public FuturesExchange Exchange { get; }

    public FuturesState State { get; }

    public FuturesAccount Alice { get; }

    public FuturesAccount Bob { get; }

    public Market Market { get; }

    public EventLog Events { get; } = new();

    public int MarginCalls { get; private set; }

    public List<ClientOrder> Liquidated { get; } = [];

    public void Crowd(params (BookSide Side, string Price, string Quantity)[] levels)
    {
        Core.Apply(Market, new CrowdDiff(0, [.. levels.Select(level =>
            new CrowdLevel(level.Side, Amount.Of(level.Price), Amount.Of(level.Quantity)))]));
        Exchange.Tick(isFundingDue: false);
    }

    public FuturesResult Limit(
        FuturesAccount account, OrderSide side, string price, string quantity, bool isReduceOnly = false,
        PositionSide position = PositionSide.Both, OrderType type = OrderType.Limit,
        TimeInForce timeInForce = TimeInForce.GoodTillCanceled) => Exchange.Place(new NewOrder(
            account.Account, Market, null, side, type, timeInForce, Amount.Of(price), Amount.Of(quantity), 0,
            SelfTradePrevention.ExpireMaker)
        {
            Futures = new FuturesTerms(position, isReduceOnly, 0, FuturesOrderOrigin.Client),
        });

    public FuturesResult AtMarket(
        FuturesAccount account, OrderSide side, string quantity, bool isReduceOnly = false,
        PositionSide position = PositionSide.Both) =>
        Limit(account, side, "0", quantity, isReduceOnly, position, OrderType.Market);

    public void OnMark(FuturesMarket market, long timeMs)
    {
    }

    public void OnLeverage(Account account, Market market, int leverage, long timeMs)
    {
    }

    public List<AlgoState> AlgoStates { get; } = [];

    public void OnAlgo(FuturesAccount account, AlgoOrder order, ClientOrder? actual, long timeMs) =>
        AlgoStates.Add(order.State);

    public void OnMarginCall(FuturesAccount account, long timeMs) => MarginCalls++;

    public void OnLiquidation(ClientOrder order, long timeMs) => Liquidated.Add(order);

    public void Dispose() => _journal.Dispose();
}
