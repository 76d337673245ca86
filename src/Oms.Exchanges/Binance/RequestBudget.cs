using System.Collections.Concurrent;
using Oms.Domain.Ids;

namespace Oms.Exchanges.Binance;

/// <summary>
/// What this address and its accounts may send now. Weight is counted by the exchange per address in windows
/// of a minute and told with every answer; new orders are counted per account. A hold is obeyed by everybody
/// it is for.
/// </summary>
internal sealed class RequestBudget(TimeProvider time)
{
    /// <summary>Held for so long when the exchange says that, and not for how long.</summary>
    public static readonly TimeSpan HoldDefault = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan BanDefault = TimeSpan.FromMinutes(2);

    /// <summary>No ban is longer, whatever an answer says.</summary>
    public static readonly TimeSpan BanMax = TimeSpan.FromDays(3);

    /// <summary>Queries leave the rest of the weight to cancels and orders.</summary>
    public const int QueryShareMaxPercent = 80;

    /// <summary>The weight of the next window is there by then.</summary>
    public static readonly TimeSpan WindowWaitMax = TimeSpan.FromSeconds(75);

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<AccountId, long> _newOrdersHeldUntil = new();
    private long _allHeldUntil = long.MinValue;
    private long _weightUsed;
    private long _weightMinute;
    private long _weightMax = 6000;

    public void SetWeightMax(long weightMax) => Volatile.Write(ref _weightMax, weightMax);

    /// <summary>What the exchange counted in its current minute, as it said last.</summary>
    public void SetWeightUsed(long weightUsed)
    {
        Volatile.Write(ref _weightUsed, weightUsed);
        Volatile.Write(ref _weightMinute, MinuteNow());
    }

    private bool IsHeld => time.GetTimestamp() < Volatile.Read(ref _allHeldUntil);

    public bool MaySend(RequestLane lane, AccountId account) => !IsHeld && IsOpen(lane, account);

    /// <summary>
    /// Returns when a lane is open, or will not be soon: a window's weight is waited for, a ban is not.
    /// </summary>
    public async Task WhenOpen(RequestLane lane, AccountId account, CancellationToken cancellation)
    {
        if (IsHeld || IsOpen(lane, account))
        {
            return;
        }

        long began = time.GetTimestamp();
        using var looks = new PeriodicTimer(LookInterval, time);
        while (!IsHeld && !IsOpen(lane, account) && time.GetElapsedTime(began) < WindowWaitMax)
        {
            _ = await looks.WaitForNextTickAsync(cancellation);
        }
    }

    private bool IsOpen(RequestLane lane, AccountId account) => lane switch
    {
        RequestLane.Cancel => true,
        RequestLane.NewOrder => !_newOrdersHeldUntil.TryGetValue(account, out long until)
            || time.GetTimestamp() >= until,
        RequestLane.Query => Volatile.Read(ref _weightMinute) != MinuteNow()
            || Volatile.Read(ref _weightUsed) * 100 < Volatile.Read(ref _weightMax) * QueryShareMaxPercent,
    };

    /// <summary>Nothing is sent for this long; a longer hold stays.</summary>
    public void HoldAll(TimeSpan hold)
    {
        long until = After(hold);
        long held = Volatile.Read(ref _allHeldUntil);
        while (held < until)
        {
            long seen = Interlocked.CompareExchange(ref _allHeldUntil, until, held);
            held = seen == held ? until : seen;
        }
    }

    /// <summary>The account sends no new orders for this long; cancels and queries go on.</summary>
    public void HoldNewOrders(AccountId account, TimeSpan hold)
    {
        long until = After(hold);
        _ = _newOrdersHeldUntil.AddOrUpdate(account, until, (_, held) => Math.Max(held, until));
    }

    private long After(TimeSpan hold) =>
        time.GetTimestamp() + (long)((hold < BanMax ? hold : BanMax).TotalSeconds * time.TimestampFrequency);

    private long MinuteNow() => time.GetUtcNow().ToUnixTimeSeconds() / 60;
}
