using Oms.ExchangeSimulator.Accounts;
using Oms.ExchangeSimulator.Binance;
using Oms.ExchangeSimulator.Exchange;
using Oms.ExchangeSimulator.Futures;
using Oms.ExchangeSimulator.Judge;
using Oms.ExchangeSimulator.Transfers;

namespace Oms.ExchangeSimulator;

/// <summary>The spot market as a whole: the exchange, those whom it tells, and its calls.</summary>
internal sealed class SpotVenue
{
    /// <summary>Of a connection to the WebSocket API.</summary>
    private const int ConnectWeight = 2;

    private readonly CallDispatch _dispatch;
    private readonly ApiCall[] _calls;

    public SpotVenue(
        SimulatorOptions options, AccountsFile accounts, ExchangeJournal journal, Lock gate,
        Authenticator authenticator, RateLimitSettings limits, Misbehaviour misbehaviour,
        RequestCounters counters)
    {
        Users = new UserStreams(misbehaviour.Faults);
        State = new ExchangeState(accounts.Accounts, SpotSymbols.All, SpotSymbols.DepthSpeeds, journal.FirstId);
        SpotClearing clearing = new(new CommissionRates(options.CommissionRate, options.CommissionRate));
        Core = new ExchangeCore(
            gate, State, clearing, journal, JournalMarket.Spot, new EventPublisher(Users, Books),
            TimeProvider.System);
        Core.Open(accounts.OpeningBalances);
        SpotExchange exchange = new(Core, State, clearing);
        _dispatch = new CallDispatch(
            Core, authenticator, new WeightBudget(limits.WeightPerMinute), JournalMarket.Spot, misbehaviour,
            counters);
        _calls = [.. new MarketDataCalls(Core, limits, misbehaviour.Skew).All(), .. new TradingCalls(exchange).All(),
            .. new CancelReplaceCalls(exchange, misbehaviour.Faults).All(), .. new AmendCalls(exchange).All(),
            .. new OrderListCalls(exchange).All(), .. new PreventedMatchCalls(exchange).All(),
            .. new AccountCalls(exchange).All(), .. new CatalogueCalls(Core, limits).All()];
        Socket = new SocketApi(Core, _dispatch, Users, _calls, ConnectWeight);
    }

    public ExchangeState State { get; }

    public ExchangeCore Core { get; }

    public UserStreams Users { get; }

    public MarketStreams Books { get; } = new();

    public SocketApi Socket { get; }

    /// <summary>What REST can be asked for, transfers among it.</summary>
    /// <param name="futures">To and from whose wallets money may be transferred.</param>
    public IReadOnlyList<ApiCall> CallsWith(FuturesExchange futures) =>
        [.. _calls, .. new TransferCalls(Core, new TransferDesk(Core, futures)).All()];

    public void Map(WebApplication app, IEnumerable<ApiCall> calls)
    {
        StreamGateway streams = new(Books);
        _ = app.Map("/ws-api/v3", Socket.AcceptAsync);
        _ = app.Map("/ws/{**stream}", streams.AcceptAsync);
        _ = app.Map("/stream", streams.AcceptAsync);
        _ = app.MapFallback(new RestGateway(Core, _dispatch, calls).AnswerAsync);
    }
}
