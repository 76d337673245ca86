using System.Collections.Immutable;

namespace Oms.Exchanges.Binance.Budget;

/// <summary>The new orders of one account in each of its windows. Not safe for several threads.</summary>
internal sealed class AccountOrders
{
    private readonly List<UsageWindow> _windows = [];
    private long _sent;

    /// <summary>No new order before this time of the budget; 0 for no hold.</summary>
    public long HeldUntilMs { get; set; }

    public long Left(ImmutableArray<OrderLimit> limits, long nowMs)
    {
        long left = long.MaxValue;
        foreach (OrderLimit limit in limits)
        {
            left = Math.Min(left, Math.Max(0, limit.Limit - WindowOf(limit.WindowMs).Used(nowMs)));
        }

        return left;
    }

    /// <summary>The longest window that has no room for what is claimed; 0 when each has.</summary>
    public long FullWindowMs(ImmutableArray<OrderLimit> limits, in RequestClaim claim, long nowMs)
    {
        long longest = 0;
        foreach (OrderLimit limit in limits)
        {
            if (WindowOf(limit.WindowMs).Used(nowMs) + claim.OrdersIn(limit.WindowMs) > limit.Limit)
            {
                longest = Math.Max(longest, limit.WindowMs);
            }
        }

        return longest;
    }

    /// <returns>The position of what is sent, the same in each window.</returns>
    public long Send(in RequestClaim claim, long nowMs)
    {
        foreach (UsageWindow window in _windows)
        {
            _ = window.Send(claim.OrdersIn(window.LengthMs), nowMs);
        }

        return ++_sent;
    }

    /// <param name="isRefused">Such an order does not count.</param>
    public void Answer(in Admission admission, bool isRefused, ReadOnlySpan<LimitUse> told, long nowMs)
    {
        foreach (UsageWindow window in _windows)
        {
            int orders = admission.Claim.OrdersIn(window.LengthMs);
            window.Answer(
                admission.OrderPosition, orders, isRefused ? 0 : orders,
                LimitUse.Find(told, isWeight: false, window.LengthMs), nowMs);
        }
    }

    private UsageWindow WindowOf(long lengthMs)
    {
        UsageWindow? window = _windows.Find(each => each.LengthMs == lengthMs);
        if (window is null)
        {
            window = new(lengthMs, _sent);
            _windows.Add(window);
        }

        return window;
    }
}
