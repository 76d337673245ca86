using Oms.ExchangeSimulator.Binance;
using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Judge;

/// <summary>Where faults are ordered: some wait for what they strike, others act at once.</summary>
internal sealed class FaultDesk
{
    private readonly ExchangeCore _spot;
    private readonly UserStreams _users;
    private readonly MarketStreams _books;
    private readonly IReadOnlyList<SocketApi> _sockets;
    private readonly FuturesJudge _futures;
    private readonly Misbehaviour _misbehaviour;
    private readonly FaultCheck _check;

    /// <param name="spot">The market of spot.</param>
    /// <param name="users">Who listens to user data of spot.</param>
    /// <param name="books">Who listens to market data of spot.</param>
    /// <param name="sockets">The WebSocket APIs of all markets.</param>
    /// <param name="calls">All that the exchange can be asked for.</param>
    public FaultDesk(
        ExchangeCore spot, UserStreams users, MarketStreams books, IReadOnlyList<SocketApi> sockets,
        FuturesJudge futures, Misbehaviour misbehaviour, IEnumerable<ApiCall> calls)
    {
        (_spot, _users, _books, _sockets, _futures, _misbehaviour) =
            (spot, users, books, sockets, futures, misbehaviour);
        _check = new FaultCheck(name => spot.Read(state => state.TryGetAccount(name, out _)), Find, [.. calls]);
    }

    public IReadOnlyList<string> Problems(FaultRequest request) => _check.Problems(request);

    /// <summary>Orders a fault that has no problems.</summary>
    /// <returns>Whether it waits, or did something.</returns>
    public bool Order(FaultRequest request)
    {
        FaultKind kind = FaultWords.Kinds[request.Kind].Kind;
        if (Act(kind, request) is not { } isDone)
        {
            _misbehaviour.Faults.Add(kind, request);
            return true;
        }

        if (isDone)
        {
            _misbehaviour.Faults.Count(kind);
        }

        return isDone;
    }

    /// <summary>
    /// The exchange behaves again: nothing waits, nothing is kept, and every symbol is traded by its first rules.
    /// Connections that are silent stay so until they are made anew.
    /// </summary>
    public void Clear()
    {
        _misbehaviour.Faults.Clear();
        _misbehaviour.Bans.Lift();
        _misbehaviour.Skew.Set(0, 0);
        _users.ReleaseHeld();
        _futures.ReleaseHeld();
        foreach (Market market in _spot.Read(state => state.Markets.ToList()))
        {
            Restore(_spot, market);
        }

        foreach (Market market in _futures.Core.Read(state => state.Markets.ToList()))
        {
            Restore(_futures.Core, market);
        }
    }

    private static void Restore(ExchangeCore core, Market market) => _ = core.Read(_ =>
    {
        market.Change(market.Listed.Rules);
        return market.IsTrading = true;
    });

    /// <summary>What acts at once; null for what waits.</summary>
    private bool? Act(FaultKind kind, FaultRequest request) => kind switch
    {
        FaultKind.ExpireListenKeys => _futures.ExpireListenKeys(request.Account, request.Count ?? 1) > 0,
        FaultKind.DropUserStreams or FaultKind.DropMarketStreams or FaultKind.DropOrderSockets
            or FaultKind.SilenceUserStreams or FaultKind.SilenceMarketStreams => Cut(kind, request),
        FaultKind.Ban => Impose(request, StatusCodes.Status418ImATeapot),
        FaultKind.TooManyRequests => Impose(request, StatusCodes.Status429TooManyRequests),
        FaultKind.ClockSkew => Skew(request),
        FaultKind.ChangeFilters => OnMarket(request, (_, market) =>
            market.Change(FaultCheck.Change(market.Listed.Rules, request.Filters ?? new FilterChange()))),
        FaultKind.Delist => OnMarket(request, Delist),
        FaultKind.Relist => OnMarket(request, (_, market) => market.IsTrading = true),
        FaultKind.Liquidate => _futures.Liquidate(request.Account ?? ""),
        FaultKind.Deleverage => _futures.Deleverage(request.Account ?? "", request.Symbol ?? ""),
        _ => null,
    };

    private bool Cut(FaultKind kind, FaultRequest request)
    {
        int countMax = request.Count ?? 1;
        int struck = kind switch
        {
            FaultKind.DropUserStreams => _users.Drop(request.Account, countMax),
            FaultKind.DropMarketStreams => _books.Drop(countMax),
            FaultKind.SilenceUserStreams => _users.Silence(request.Account, countMax),
            FaultKind.SilenceMarketStreams => _books.Silence(countMax),
            _ => _sockets.Aggregate(0, (count, socket) => count + socket.Drop(countMax - count)),
        };
        return struck + _futures.Cut(kind, request.Account, countMax - struck) > 0;
    }

    private bool Impose(FaultRequest request, int status)
    {
        _misbehaviour.Bans.Impose(request.MarketMeant, status, _spot.NowMs() + (request.DurationMs ?? 0));
        return true;
    }

    private bool Skew(FaultRequest request)
    {
        long untilMs = request.DurationMs is { } durationMs ? _spot.NowMs() + durationMs : long.MaxValue;
        _misbehaviour.Skew.Set(request.SkewMs ?? 0, untilMs);
        return true;
    }

    private void Delist(ExchangeCore core, Market market)
    {
        if (core == _futures.Core)
        {
            _futures.Delist(market);
        }
        else
        {
            core.Delist(market);
        }
    }

    private bool OnMarket(FaultRequest request, Action<ExchangeCore, Market> act)
    {
        JournalMarket meant = request.MarketMeant ?? JournalMarket.Spot;
        ExchangeCore core = CoreOf(meant);
        return core.Read(_ =>
        {
            Market? market = Find(meant, request.Symbol ?? "");
            if (market is not null)
            {
                act(core, market);
            }

            return market is not null;
        });
    }

    private ExchangeCore CoreOf(JournalMarket market) => market == JournalMarket.Spot ? _spot : _futures.Core;

    private Market? Find(JournalMarket market, string symbol) =>
        CoreOf(market).Read(state => state.TryGetMarket(symbol, out Market? found) ? found : null);
}
