using System.Text;
using Microsoft.Extensions.Time.Testing;
using Oms.ExchangeSimulator.Binance;
using Oms.ExchangeSimulator.Crowd;
using Oms.ExchangeSimulator.Exchange;
using Oms.ExchangeSimulator.Judge;
using Oms.Matching;

namespace Oms.ExchangeSimulator.Tests;

/// <summary>An exchange with two accounts, a clock that stands still, and a journal in a folder.</summary>
internal sealed class TestExchange : IDisposable
{
    public static readonly OrderCountLimits NoLimits = new(int.MaxValue, int.MaxValue);

    private readonly ExchangeJournal _journal;

    /// <param name="usdt">Of each account, to begin with.</param>
    /// <param name="btc">Likewise.</param>
    public TestExchange(string directory, string usdt = "100000", string btc = "5", OrderCountLimits? limits = null)
    {
        Clock = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000));
        _journal = ExchangeJournal.Open(directory);
        Alice = new Account("alice", 1, limits ?? NoLimits);
        Bob = new Account("bob", 2, NoLimits);
        State = new ExchangeState([Alice, Bob], SpotSymbols.All, SpotSymbols.DepthSpeeds, _journal.FirstId);
        long rate = Amount.Of("0.001");
        SpotClearing clearing = new(new CommissionRates(rate, rate));
        Core = new ExchangeCore(new Lock(), State, clearing, _journal, JournalMarket.Spot, Events, Clock);
        _journal.Begin(Core.NowMs());
        Exchange = new SpotExchange(Core, State, clearing);
        Dictionary<string, long> opening = new()
        {
            ["USDT"] = Amount.Of(usdt), ["BTC"] = Amount.Of(btc),
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
    public string Snapshot() => Encoding.UTF8.GetString(ApiAnswer.Of(json =>
    {
        json.WriteStartArray();
        LedgerReport.Write(json, State, null, new RequestCounters(), new Faults(1));
        foreach (ClientOrder order in State.Accounts.SelectMany(account => account.Orders))
        {
            OrderJson.Queried(json, order);
            // Not to be asked for, and decides what comes.
            json.WriteStringValue(FormattableString.Invariant(
                $"{order.TrailingBest} {order.SharesReservation} {order.IsWaiting} {order.PreventedMatchId}"));
            foreach (QuantityReduction reduction in order.Reductions)
            {
                json.WriteStringValue(reduction.ToString());
            }
        }

        foreach (OrderList list in State.Lists.Values)
        {
            OrderListJson.Queried(json, list);
        }

        foreach (PreventedMatch match in State.PreventedMatches)
        {
            json.WriteStringValue(match.ToString());
        }

        json.WriteEndArray();
    }).Result.Span);

    public void Dispose() => _journal.Dispose();
}
