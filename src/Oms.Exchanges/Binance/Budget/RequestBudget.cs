using Oms.Domain.Ids;

namespace Oms.Exchanges.Binance.Budget;

/// <summary>
/// What one source address and its accounts may send now. The exchange counts weight per address in windows of a
/// minute, and new orders per account; both are told with its answers, and what is on its way counts in full. What
/// finds no room waits in its lane, as long as it may: the most urgent lane is served first, within it the oldest. A
/// hold (429, 418) is obeyed by everybody it is for.
/// </summary>
internal sealed class RequestBudget : IDisposable
{
    public const long WeightWindowMs = 60_000;

    /// <summary>
    /// Orders and changes that wait; one more is refused at once, since what waits holds up what is behind it.
    /// </summary>
    public const int OrdersWaitingMax = 192;

    /// <summary>Likewise of one account.</summary>
    public const int OrdersWaitingPerAccountMax = 64;

    /// <summary>Held for so long when the exchange says that, and not for how long.</summary>
    public static readonly TimeSpan HoldDefault = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan BanDefault = TimeSpan.FromMinutes(2);

    /// <summary>No ban is longer, whatever an answer says.</summary>
    public static readonly TimeSpan BanMax = TimeSpan.FromDays(3);

    private const int NoShare = int.MaxValue;

    private static readonly int LaneCount = Enum.GetValues<RequestLane>().Length;

    private readonly Lock _gate = new();
    private readonly RateLimits _limits;
    private readonly ExchangeClock _clock;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly UsageWindow _weight = new(WeightWindowMs);
    private readonly Dictionary<AccountId, AccountOrders> _orders = [];
    private readonly List<WaitingRequest>[] _waiting =
        [.. Enumerable.Range(0, LaneCount).Select(_ => new List<WaitingRequest>())];
    private readonly HashSet<AccountId> _heldUp = [];
    private readonly long _born;
    private long _heldUntilMs;

    public RequestBudget(RateLimits limits, ExchangeClock clock, TimeProvider time)
    {
        (_limits, _clock, _time, _born) = (limits, clock, time, time.GetTimestamp());
        _timer = time.CreateTimer(_ => Serve(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The time of this budget at which a wait that begins now is over.</summary>
    public long DeadlineMs(TimeSpan waitMax) => ElapsedMs() + (long)waitMax.TotalMilliseconds;

    /// <summary>
    /// Returns when the request may go out; refused as soon as it is clear that it may not within its time, or nobody
    /// wants it any more.
    /// </summary>
    /// <param name="deadlineMs">The time of this budget after which it is no longer to be sent.</param>
    /// <param name="withdrawn">It is no longer wanted.</param>
    /// <param name="seat">How it may leave with others, where they have to wait; null where it leaves alone.</param>
    public ValueTask<Admission> Admit(
        RequestClaim claim, long deadlineMs, CancellationToken withdrawn, CancellationToken cancellation,
        BatchSeat? seat = null)
    {
        lock (_gate)
        {
            if (withdrawn.IsCancellationRequested || deadlineMs < ElapsedMs())
            {
                return ValueTask.FromResult(Admission.Refused);
            }

            if (OpensIn(claim) == 0 && !IsBehindAnother(claim))
            {
                return ValueTask.FromResult(Grant(claim));
            }

            if (!MayWait(claim))
            {
                return ValueTask.FromResult(Admission.Refused);
            }

            var request = new WaitingRequest(claim, deadlineMs, seat);
            _waiting[(int)claim.Lane].Add(request);
            ServeWaiting();
            return new(request.Wait(withdrawn, cancellation));
        }
    }

    /// <summary>No byte of it left after all.</summary>
    public void NotSent(in Admission admission) => Note(in admission, counted: 0, isRefused: true, []);

    /// <summary>Takes what the exchange said with its answer.</summary>
    /// <param name="isRefused">It did nothing: an order that it refuses does not count, its weight does.</param>
    public void Answered(in Admission admission, bool isRefused, ReadOnlySpan<LimitUse> told) =>
        Note(in admission, admission.Claim.Weight, isRefused, told);

    /// <summary>Nothing is sent for this long; a longer hold stays.</summary>
    public void HoldAll(TimeSpan hold)
    {
        lock (_gate)
        {
            _heldUntilMs = Math.Max(_heldUntilMs, After(hold));
            ServeWaiting();
        }
    }

    /// <summary>The account sends no new orders for this long; cancels and queries go on.</summary>
    public void HoldNewOrders(AccountId account, TimeSpan hold)
    {
        lock (_gate)
        {
            AccountOrders orders = OrdersOf(account);
            orders.HeldUntilMs = Math.Max(orders.HeldUntilMs, After(hold));
            ServeWaiting();
        }
    }

    /// <summary>What new orders may use.</summary>
    public RequestsLeft Left(AccountId account)
    {
        lock (_gate)
        {
            long now = _clock.TimestampMs();
            AccountOrders orders = OrdersOf(account);
            long weight = _limits.WeightPerMinute * ShareMaxPercent(RequestLane.NewOrder) / 100;
            return new(
                orders.Left(_limits.Orders, now),
                Math.Max(0, weight - _weight.Used(now)),
                TimeSpan.FromMilliseconds(
                    Math.Max(0, Math.Max(_heldUntilMs, orders.HeldUntilMs) - ElapsedMs())));
        }
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>Of the weight, what a lane may use up to: the rest is for those before it.</summary>
    private static int ShareMaxPercent(RequestLane lane) => lane switch
    {
        // A cancel that succeeds costs nothing.
        RequestLane.Halt or RequestLane.Cancel => NoShare,
        RequestLane.Amend => 95,
        RequestLane.NewOrder => 90,
        RequestLane.Query => 80,
    };

    private void Serve()
    {
        lock (_gate)
        {
            ServeWaiting();
        }
    }

    /// <summary>
    /// Each lane in its order: of questions the first that finds no room holds up the rest, of all else only what is
    /// its account's.
    /// </summary>
    private void ServeWaiting()
    {
        long nextMs = long.MaxValue;
        foreach (List<WaitingRequest> lane in _waiting)
        {
            _heldUp.Clear();
            for (int index = 0; index < lane.Count;)
            {
                WaitingRequest request = lane[index];
                AccountId holder = request.Claim.Lane == RequestLane.Query ? AccountId.None : request.Claim.Account;
                bool isHeldUp = _heldUp.Contains(holder);
                if (IsServed(request, isHeldUp, lane, index))
                {
                    lane.RemoveAt(index);
                    continue;
                }

                _ = _heldUp.Add(holder);
                nextMs = Math.Min(nextMs, request.DeadlineMs - ElapsedMs());
                nextMs = isHeldUp ? nextMs : Math.Min(nextMs, OpensIn(request.Claim));
                index++;
            }
        }

        SetTimer(nextMs);
    }

    private bool IsServed(WaitingRequest request, bool isHeldUp, List<WaitingRequest> lane, int index)
    {
        if (!request.IsWaiting)
        {
            return true;
        }

        long opensIn = OpensIn(request.Claim);
        long leftMs = request.DeadlineMs - ElapsedMs();
        bool isTooLate = opensIn > leftMs || leftMs < 0;
        if (!isTooLate && (opensIn > 0 || isHeldUp))
        {
            return false;
        }

        // It may be withdrawn at this instant.
        if (request.TryDecide())
        {
            request.Answer(isTooLate ? Admission.Refused : GrantWithOthers(request, lane, index));
        }

        return true;
    }

    /// <summary>Lets a request go, and with it what waits behind it and may leave with it, as far as there is room.
    /// </summary>
    private Admission GrantWithOthers(WaitingRequest request, List<WaitingRequest> lane, int index)
    {
        WaitingRequest[] others = request.Seat is { } seat ? OthersFor(request, seat, lane, index) : [];
        if (others.Length == 0)
        {
            return Grant(request.Claim);
        }

        foreach (WaitingRequest other in others)
        {
            other.Answer(Admission.Joined);
        }

        return Grant(request.Seat!.Rule.ClaimOf(request.Claim, 1 + others.Length)) with
        {
            Others = [.. others.Select(other => other.Seat!)],
        };
    }

    /// <summary>Who is decided to go with a request.</summary>
    private WaitingRequest[] OthersFor(WaitingRequest request, BatchSeat seat, List<WaitingRequest> lane, int index)
    {
        int countMax = seat.Rule.CountMax;
        while (countMax > 1 && OpensIn(seat.Rule.ClaimOf(request.Claim, countMax)) > 0)
        {
            countMax--;
        }

        return
        [
            .. lane.Skip(index + 1)
                .Where(other => other.Claim.Account == request.Claim.Account && seat.Fits(other.Seat)
                    && other.DeadlineMs >= ElapsedMs() && other.TryDecide())
                .Take(countMax - 1),
        ];
    }

    private void Note(in Admission admission, int counted, bool isRefused, ReadOnlySpan<LimitUse> told)
    {
        lock (_gate)
        {
            long now = _clock.TimestampMs();
            _weight.Answer(
                admission.WeightPosition, admission.Claim.Weight, counted,
                LimitUse.Find(told, isWeight: true, WeightWindowMs), now);
            if (admission.Claim.Orders > 0)
            {
                OrdersOf(admission.Claim.Account).Answer(admission, isRefused, told, now);
            }

            ServeWaiting();
        }
    }

    private Admission Grant(RequestClaim claim)
    {
        long now = _clock.TimestampMs();
        return new(
            true, claim, _weight.Send(claim.Weight, now),
            claim.Orders == 0 ? 0 : OrdersOf(claim.Account).Send(in claim, now));
    }

    /// <summary>
    /// An account's orders leave as they came, and questions do: a small one does not pass a large one.
    /// </summary>
    private bool IsBehindAnother(RequestClaim claim) => _waiting[(int)claim.Lane].Exists(
        other => other.IsWaiting && (other.Claim.Account == claim.Account || claim.Lane == RequestLane.Query));

    /// <summary>
    /// What waits has its place among what a connector has under way: orders and changes take no more than some.
    /// </summary>
    private bool MayWait(RequestClaim claim)
    {
        if (claim.Lane is not (RequestLane.NewOrder or RequestLane.Amend))
        {
            return true;
        }

        int all = 0;
        int own = 0;
        foreach (WaitingRequest other in
            _waiting[(int)RequestLane.NewOrder].Concat(_waiting[(int)RequestLane.Amend]))
        {
            all += other.IsWaiting ? 1 : 0;
            own += other.IsWaiting && other.Claim.Account == claim.Account ? 1 : 0;
        }

        return own < OrdersWaitingPerAccountMax && all < OrdersWaitingMax;
    }

    /// <summary>Milliseconds until there is room, by what is known now; 0 when there is.</summary>
    private long OpensIn(RequestClaim claim)
    {
        long elapsedMs = ElapsedMs();
        long now = _clock.TimestampMs();
        long opensIn = Math.Max(0, _heldUntilMs - elapsedMs);
        int share = ShareMaxPercent(claim.Lane);
        if (share < NoShare && (_weight.Used(now) + claim.Weight) * 100 > _limits.WeightPerMinute * share)
        {
            opensIn = Math.Max(opensIn, UsageWindow.ToNextMs(WeightWindowMs, now));
        }

        if (claim.Orders > 0)
        {
            AccountOrders orders = OrdersOf(claim.Account);
            opensIn = Math.Max(opensIn, orders.HeldUntilMs - elapsedMs);
            long fullMs = orders.FullWindowMs(_limits.Orders, in claim, now);
            if (fullMs > 0)
            {
                opensIn = Math.Max(opensIn, UsageWindow.ToNextMs(fullMs, now));
            }
        }

        return opensIn;
    }

    /// <param name="nextMs">Until something that waits may go, or has waited for long enough.</param>
    private void SetTimer(long nextMs) => _ = _timer.Change(
        nextMs == long.MaxValue ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(Math.Max(1, nextMs)),
        Timeout.InfiniteTimeSpan);

    private AccountOrders OrdersOf(AccountId account)
    {
        if (!_orders.TryGetValue(account, out AccountOrders? orders))
        {
            orders = new();
            _orders.Add(account, orders);
        }

        return orders;
    }

    private long After(TimeSpan hold) => ElapsedMs() + (long)(hold < BanMax ? hold : BanMax).TotalMilliseconds;

    /// <summary>On the monotonic clock: a step of the wall clock ends no hold.</summary>
    private long ElapsedMs() => (long)_time.GetElapsedTime(_born).TotalMilliseconds;
}
