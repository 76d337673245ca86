using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Futures;

/// <summary>An account's futures: its positions, how it trades them, and what else moved its wallet.</summary>
internal sealed class FuturesAccount(Account account)
{
    private readonly SortedDictionary<(string Symbol, PositionSide Side), Position> _positions = [];
    private readonly Dictionary<Market, int> _leverage = [];
    private readonly HashSet<Market> _isolated = [];
    private readonly Dictionary<Market, long> _countdowns = [];

    public Account Account { get; } = account;

    public IReadOnlyCollection<Position> Positions => _positions.Values;

    /// <summary>Whether it holds long and short positions side by side.</summary>
    public bool IsHedged { get; set; }

    /// <summary>Whether it was warned that its margin runs low.</summary>
    public bool IsWarned { get; set; }

    public List<Income> Incomes { get; } = [];

    public bool HasPositions => _positions.Values.Any(position => position.Quantity != 0);

    /// <summary>Of the margin asset: gains and losses that were realised are in it, others are not.</summary>
    public long WalletOf(string asset) => Account.BalanceOf(asset).Free;

    public int LeverageOf(Market market) => _leverage.GetValueOrDefault(market, FuturesSymbol.LeverageDefault);

    public void SetLeverage(Market market, int leverage) => _leverage[market] = leverage;

    /// <summary>Whether positions of a market have a margin of their own; others share the wallet.</summary>
    public bool IsIsolated(Market market) => _isolated.Contains(market);

    public void SetIsolated(Market market, bool isIsolated) =>
        _ = isIsolated ? _isolated.Add(market) : _isolated.Remove(market);

    /// <summary>What a position of its own margin has of the wallet: its cost at the leverage; else 0.</summary>
    public long IsolatedMarginOf(Position position) =>
        IsIsolated(position.Market) ? Math.Abs(position.Cost) / LeverageOf(position.Market) : 0;

    /// <summary>Starts a market's countdown to the end of all orders anew; 0 stops it.</summary>
    public void CountDown(Market market, long dueMs)
    {
        if (dueMs == 0)
        {
            _ = _countdowns.Remove(market);
        }
        else
        {
            _countdowns[market] = dueMs;
        }
    }

    /// <summary>The markets whose countdown has run out, once.</summary>
    public IReadOnlyList<Market> TakeRunOut(long nowMs)
    {
        if (_countdowns.Count == 0)
        {
            return [];
        }

        Market[] due = [.. _countdowns.Where(each => each.Value <= nowMs).Select(each => each.Key)];
        foreach (Market market in due)
        {
            _ = _countdowns.Remove(market);
        }

        return due;
    }

    public Position PositionOf(Market market, PositionSide side)
    {
        (string, PositionSide) key = (market.Symbol.Name, side);
        if (!_positions.TryGetValue(key, out Position? position))
        {
            position = new Position(Account, market, side);
            _positions.Add(key, position);
        }

        return position;
    }

    /// <summary>Those of a market that there are in the account's mode.</summary>
    public IEnumerable<Position> PositionsIn(Market market) => IsHedged
        ? [PositionOf(market, PositionSide.Long), PositionOf(market, PositionSide.Short)]
        : [PositionOf(market, PositionSide.Both)];
}
