using System.Collections.Immutable;
using Oms.Domain.Time;

namespace Oms.Grains.Positions;

/// <summary>The positions of an account while a batch is applied to them.</summary>
internal sealed class PositionBook
{
    private readonly Dictionary<PositionKey, PositionView> _positions;
    private readonly Dictionary<PositionKey, FifoLots> _lots;
    private readonly Dictionary<(DateOnly Day, PositionKey Key), DayView> _days;

    public PositionBook(PositionState state)
    {
        _positions = state.Positions.ToDictionary(PositionKey.Of);
        _lots = state.Positions.ToDictionary(PositionKey.Of, position => new FifoLots(position.Lots));
        _days = state.Days.IsDefault ? [] : state.Days.ToDictionary(day => (day.Day, PositionKey.Of(day)));
    }

    public ImmutableArray<PositionView> Positions =>
        [.. _positions.OrderBy(pair => pair.Key).Select(pair => WithLots(pair.Value, _lots[pair.Key]))];

    public ImmutableArray<DayView> Days
    {
        get
        {
            DateOnly oldest = _days.Count == 0
                ? default
                : _days.Keys.Max(key => key.Day).AddDays(1 - PositionDays.Kept);
            return
            [
                .. _days
                    .Where(pair => pair.Key.Day >= oldest)
                    .OrderByDescending(pair => pair.Key.Day)
                    .ThenBy(pair => pair.Key.Key)
                    .Select(pair => pair.Value),
            ];
        }
    }

    public void Apply(FillUpdate fill)
    {
        var key = PositionKey.Of(fill);
        FifoLots lots = LotsOf(key, fill.UnixNanos);
        decimal realized = lots.Trade(fill.Quantity, fill.Price, fill.UnixNanos);
        if (fill.FeeAsset == key.Base && fill.Market == Domain.Instruments.Market.Spot)
        {
            // Taken from what was traded: a sale of that much, whose proceeds pay the fee.
            realized += lots.Trade(-fill.Fee, fill.Price, fill.UnixNanos);
        }

        PositionView position = _positions[key];
        _positions[key] = position with { FifoRealizedPnl = position.FifoRealizedPnl + realized };
        DayView day = DayOf(key, fill.UnixNanos);
        bool isOther = fill.FeeAsset.Length > 0 && fill.FeeAsset != key.Base && fill.FeeAsset != key.Quote;
        _days[(day.Day, key)] = day with
        {
            FifoRealizedPnl = day.FifoRealizedPnl + realized,
            Turnover = day.Turnover + Math.Abs(fill.Quantity * fill.Price),
            FillCount = day.FillCount + 1,
            OtherFees = isOther
                ? day.OtherFees.SetItem(fill.FeeAsset, day.OtherFees.GetValueOrDefault(fill.FeeAsset) + fill.Fee)
                : day.OtherFees,
        };
    }

    public void Apply(PositionUpdate update)
    {
        var key = PositionKey.Of(update);
        FifoLots lots = LotsOf(key, update.UnixNanos);
        PositionView before = _positions[key];
        DayView day = DayOf(key, update.UnixNanos);
        _days[(day.Day, key)] = day with
        {
            RealizedPnl = day.RealizedPnl + update.RealizedPnl - before.RealizedPnl,
            QuoteFees = day.QuoteFees + update.QuoteFees - before.QuoteFees,
            BaseFees = day.BaseFees + update.BaseFees - before.BaseFees,
            Funding = day.Funding + update.Funding - before.Funding,
            ClosingQuantity = update.Quantity,
        };
        decimal? cost = update.Quantity == 0 ? null : update.OpenNotional / update.Quantity;
        if (lots.Quantity != update.Quantity)
        {
            lots.Adopt(update.Quantity, cost ?? 0, update.UnixNanos);
        }

        _positions[key] = before with
        {
            Quantity = update.Quantity,
            OpenNotional = update.OpenNotional,
            RealizedPnl = update.RealizedPnl,
            QuoteFees = update.QuoteFees,
            BaseFees = update.BaseFees,
            Funding = update.Funding,
            AverageCost = cost,
            UnixNanos = update.UnixNanos,
        };
    }

    private static PositionView WithLots(PositionView position, FifoLots lots) =>
        position with { Lots = lots.ToImmutable(), FifoCost = lots.AverageCost };

    private FifoLots LotsOf(PositionKey key, long unixNanos)
    {
        if (!_positions.ContainsKey(key))
        {
            _positions.Add(key, new()
            {
                Market = key.Market,
                Symbol = key.Symbol,
                PositionSide = key.Side,
                Quantity = 0,
                OpenNotional = 0,
                RealizedPnl = 0,
                QuoteFees = 0,
                BaseFees = 0,
                UnixNanos = unixNanos,
            });
            _lots.Add(key, new([]));
        }

        return _lots[key];
    }

    private DayView DayOf(PositionKey key, long unixNanos)
    {
        var date = DateOnly.FromDateTime(new UnixNanos(unixNanos).ToDateTimeOffset().UtcDateTime);
        return _days.TryGetValue((date, key), out DayView? day)
            ? day
            : new()
            {
                Day = date,
                Market = key.Market,
                Symbol = key.Symbol,
                PositionSide = key.Side,
                RealizedPnl = 0,
                FifoRealizedPnl = 0,
                QuoteFees = 0,
                BaseFees = 0,
                OtherFees = ImmutableSortedDictionary<string, decimal>.Empty,
                Funding = 0,
                Turnover = 0,
                FillCount = 0,
                ClosingQuantity = _positions[key].Quantity,
            };
    }
}
