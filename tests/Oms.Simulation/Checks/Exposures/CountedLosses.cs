using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Numbers;
using Oms.Domain.Time;
using Oms.Simulation.World;

namespace Oms.Simulation.Checks.Exposures;

/// <summary>
/// What accounts lost since midnight UTC: gained, paid for fees and funding, and what is open at its price. Whoever
/// certainly lost as much as it may takes no order that adds risk, and is stopped as soon as it is valued: at once
/// where its positions change, and at most <see cref="PriceWindow.AgeNanosMax"/> after a price.
/// </summary>
internal sealed class CountedLosses(ExposureCount count, Desk desk)
{
    private const long DayNanos = 86_400 * UnixNanos.PerSecond;

    private readonly Dictionary<AccountId, CountedDay> _days =
        desk.Routed.ToDictionary(account => account, _ => new CountedDay());

    private long _midnight;

    /// <summary>What an account lost so far, as a valuation of now may find it.</summary>
    public Span Lost(AccountId account, long unixNanos) => _days[account].AtMidnight - Profit(account, unixNanos);

    /// <summary>What it had gained when the day began, as a valuation of then may have found it.</summary>
    public Span AtMidnight(AccountId account) => _days[account].AtMidnight;

    /// <summary>A price of an instrument was heard.</summary>
    public void NotePrice(InstrumentId instrument, long unixNanos)
    {
        foreach ((AccountId account, CountedDay day) in _days)
        {
            if (count.Holding(account, instrument).Positions.Count > 0)
            {
                day.PriceHeardAt = unixNanos;
                NoteValuation(day);
            }
        }
    }

    /// <summary>Changes a position by what a transfer takes along: of a day's profit or loss it is none.</summary>
    public void Move(AccountId account, InstrumentId instrument, long unixNanos, Action change)
    {
        CountedHolding holding = count.Holding(account, instrument);
        Span price = count.Prices.Of(instrument, unixNanos);
        (long least, long most) = (holding.ProfitAt(price.Least), holding.ProfitAt(price.Most));
        change();
        _days[account].AtMidnight += Span.Of(holding.ProfitAt(price.Least) - least)
            .Or(Span.Of(holding.ProfitAt(price.Most) - most));
    }

    /// <summary>A position of an account changed.</summary>
    public void NotePosition(AccountId account)
    {
        if (_days.TryGetValue(account, out CountedDay? day))
        {
            day.IsValued = true;
        }
    }

    public void Hear(in HaltChanged halt)
    {
        if (halt.Scope != HaltScope.Account
            || !_days.TryGetValue(halt.Header.AccountId, out CountedDay? day))
        {
            return;
        }

        day.IsHalted = halt.State != HaltState.Resumed;
        day.NoteRight();
        if (!day.IsHalted)
        {
            day.ResumedAt = halt.Header.UnixNanos;
        }

        bool isForLoss = halt is { State: HaltState.Halted, Reason: HaltReason.LossLimit };
        Span lost = Lost(halt.Header.AccountId, halt.Header.UnixNanos);
        Violation.If(
            isForLoss && lost.Most < MaxOf(halt.Header.AccountId),
            ExposureCount.Name,
            $"{Venue.NameOf(halt.Header.AccountId)} is halted for its loss, and lost {lost}");
    }

    /// <summary>An order was accepted, or changed, that may make a position larger.</summary>
    public void CheckAccepted(AccountId account, long unixNanos)
    {
        Span lost = _days.ContainsKey(account) ? Lost(account, unixNanos) : Span.Of(0);
        Violation.If(
            lost.Least >= MaxOf(account),
            ExposureCount.Name,
            $"an order of {Venue.NameOf(account)} was accepted that lost {lost}, and may lose {MaxOf(account)}");
    }

    /// <summary>All that happened at a moment is known; the next moment is another.</summary>
    public void EndMoment(long unixNanos, long nextUnixNanos)
    {
        foreach ((AccountId account, CountedDay day) in _days)
        {
            if (MaxOf(account) < long.MaxValue)
            {
                Check(account, day, unixNanos);
            }
        }

        if (nextUnixNanos >= _midnight)
        {
            _midnight = ((nextUnixNanos / DayNanos) + 1) * DayNanos;
            foreach ((AccountId account, CountedDay day) in _days)
            {
                day.AtMidnight = Profit(account, unixNanos);
            }
        }
    }

    private void Check(AccountId account, CountedDay day, long unixNanos)
    {
        Span lost = Lost(account, unixNanos);
        if (day.IsHalted || lost.Least < MaxOf(account))
        {
            day.NoteRight();
            return;
        }

        if (day.TooMuchSince == 0)
        {
            // Whatever it was valued with since then, it had lost too much.
            day.TooMuchSince = unixNanos - PriceWindow.AgeNanosMax;
            NoteValuation(day);
        }

        bool isValued = day.IsValued
            || (day.ValuedFrom != 0 && day.ValuedFrom + PriceWindow.AgeNanosMax <= unixNanos);
        Violation.If(
            isValued,
            ExposureCount.Name,
            $"{Venue.NameOf(account)} is not halted, lost {lost} and may lose {MaxOf(account)}");
    }

    private static void NoteValuation(CountedDay day)
    {
        bool isFirst = day.TooMuchSince != 0
            && day.ValuedFrom == 0
            && day.PriceHeardAt >= day.TooMuchSince
            && day.PriceHeardAt > day.ResumedAt;
        day.ValuedFrom = isFirst ? day.PriceHeardAt : day.ValuedFrom;
    }

    /// <summary>All that an account gained since it was first seen, as a valuation of now may find it.</summary>
    private Span Profit(AccountId account, long unixNanos)
    {
        Span sum = Span.Of(0);
        foreach (InstrumentId instrument in desk.Listed)
        {
            CountedHolding holding = count.Holding(account, instrument);
            Span price = count.Prices.Of(instrument, unixNanos);
            // It rises or falls with the price all along.
            sum += Span.Of(holding.ProfitAt(price.Least)).Or(Span.Of(holding.ProfitAt(price.Most)));
        }

        return sum;
    }

    private long MaxOf(AccountId account) =>
        desk.LossMaxOf(account) is { } max ? Mantissa.Of(max, 8) : long.MaxValue;
}
