using System.Collections.Concurrent;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Time;

namespace Oms.Gateway.Events;

/// <summary>
/// With what gains each position began the day (UTC), as far as the log holds its changes. The event pump writes, any
/// thread reads.
/// </summary>
internal sealed class DayView
{
    private const long DayNanos = 86_400 * UnixNanos.PerSecond;

    private readonly ConcurrentDictionary<(AccountId, InstrumentId, PositionSide), Day> _days = new();

    /// <param name="isFirstEver">Whether the log begins with the account's first event: then it began with nothing.
    /// </param>
    public void Note(in PositionChanged row, bool isFirstEver)
    {
        long gained = GainOf(in row);
        long day = row.Header.UnixNanos / DayNanos;
        Day before = _days.GetValueOrDefault(KeyOf(in row), new(day, isFirstEver ? 0 : gained, gained));
        _days[KeyOf(in row)] = before.Number == day
            ? before with { Last = gained }
            : new(day, before.Last, gained);
    }

    /// <summary>What a position realized since midnight, mantissa at the quote asset's decimals.</summary>
    public long TodayOf(in PositionChanged row, long nowUnixNanos) =>
        _days.TryGetValue(KeyOf(in row), out Day day) && day.Number == nowUnixNanos / DayNanos
            ? GainOf(in row) - day.Began
            : 0;

    private static (AccountId, InstrumentId, PositionSide) KeyOf(in PositionChanged row) =>
        (row.Header.AccountId, row.InstrumentId, row.PositionSide);

    private static long GainOf(in PositionChanged row) => row.RealizedPnl - row.QuoteFees + row.Funding;

    private readonly record struct Day(long Number, long Began, long Last);
}
