using Oms.ExchangeSimulator.Accounts;
using Oms.ExchangeSimulator.Binance;
using Oms.ExchangeSimulator.Binance.Futures;
using Oms.ExchangeSimulator.Exchange;
using Oms.ExchangeSimulator.Futures;
using Oms.ExchangeSimulator.Judge;

namespace Oms.ExchangeSimulator;

/// <summary>The market of futures as a whole: the exchange, those whom it tells, and its calls.</summary>
internal sealed class FuturesVenue
{
    /// <summary>Of a connection to the WebSocket API.</summary>
    private const int ConnectWeight = 5;

    private readonly MarketStreams _books = new();
    private readonly MarketStreams _prices = new();
    private readonly UserStreams _users;
    private readonly ListenKeys _keys = new(TimeProvider.System);
    private readonly CallDispatch _dispatch;
    private readonly ApiCall[] _calls;

    public FuturesVenue(
        SimulatorOptions options, AccountsFile accounts, ExchangeJournal journal, Lock gate, ExchangeState spot,
        Authenticator authenticator, RateLimitSettings limits, Misbehaviour misbehaviour, RequestCounters counters)
    {
        _users = new UserStreams(misbehaviour.Faults);
        ExchangeState state =
            new(accounts.FuturesAccounts, FuturesSymbol.All.Select(symbol => symbol.Listed), FuturesSymbol.DepthSpeeds,
                journal.FirstId);
        FuturesState futures = new(state, spot);
        FuturesClearing clearing =
            new(futures, new CommissionRates(options.FuturesCommissionRate, options.FuturesCommissionRate));
        FuturesEventPublisher publisher = new(futures, _users, _books, _prices);
        ExchangeCore core = new(
            gate, state, clearing, journal, JournalMarket.Futures, publisher, TimeProvider.System);
        core.Open(accounts.OpeningFuturesBalances);
        Exchange = new FuturesExchange(core, futures, clearing, publisher);
        Judge = new FuturesJudge(Exchange, _keys, _users, [_books, _prices]);
        KeyClock = new ListenKeyClock(_keys, _users, core, TimeProvider.System);
        _dispatch = new CallDispatch(
            core, authenticator, new WeightBudget(limits.WeightPerMinute), JournalMarket.Futures, misbehaviour,
            counters);
        FuturesTradingCalls trading = new(Exchange);
        _calls =
        [
            .. new FuturesMarketDataCalls(Exchange, limits, misbehaviour.Skew).All(), .. trading.All(),
            .. new FuturesBatchCalls(Exchange, trading).All(), .. new FuturesAccountCalls(Exchange).All(),
            .. new FuturesSettingCalls(Exchange).All(), .. new ListenKeyCalls(Exchange, _keys).All(),
            .. new AlgoCalls(Exchange).All(),
        ];
        Socket = new SocketApi(Exchange.Core, _dispatch, null, _calls, ConnectWeight);
    }

    public FuturesExchange Exchange { get; }

    public FuturesJudge Judge { get; }

    public SocketApi Socket { get; }

    public IHostedService KeyClock { get; }

    public IReadOnlyList<ApiCall> Calls => _calls;

    public void Map(WebApplication app)
    {
        Map(app, "/public", _books);
        Map(app, "/market", _prices);
        PrivateStreamGateway users = new(_users, _keys);
        _ = app.Map(PrivateStreamGateway.Root + "/ws/{**key}", users.AcceptAsync);
        _ = app.Map(PrivateStreamGateway.Root + "/stream", users.AcceptAsync);
        _ = app.Map("/ws-fapi/v1", Socket.AcceptAsync);
        _ = app.Map("/fapi/{**path}", new RestGateway(Exchange.Core, _dispatch, _calls).AnswerAsync);
        _ = app.MapPost("/sim/futures/mark", Judge.HoldMarkAsync);
        _ = app.MapPost("/sim/futures/funding", Judge.PayFundingAsync);
        _ = app.MapPost("/sim/futures/deleverage", Judge.DeleverageAsync);
    }

    private static void Map(WebApplication app, string root, MarketStreams streams)
    {
        StreamGateway gateway = new(streams, root);
        _ = app.Map(root + "/ws/{**stream}", gateway.AcceptAsync);
        _ = app.Map(root + "/stream", gateway.AcceptAsync);
    }
}
