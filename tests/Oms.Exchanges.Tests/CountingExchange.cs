using Oms.Domain.Ids;
using Oms.Exchanges.Binance.Budget;

namespace Oms.Exchanges.Tests;

/// <summary>
/// Counts weight and orders as the exchange does, in windows of a clock that differs from ours, and answers late, out
/// of order, or never. A fill now and then gives an order back.
/// </summary>
internal sealed class CountingExchange(Random random, long clockErrorMs)
{
    private const long WeightMax = 100;
    private const int WayMsMax = 50;

    private static readonly (long WindowMs, long Limit)[] OrderLimits = [(10_000, 2), (60_000, 4)];

    private readonly List<(long AtMs, Admission Admission)> _underWay = [];
    private readonly List<(long AtMs, Admission Admission, bool IsRefused, LimitUse[] Told)> _answers = [];
    private readonly Dictionary<(AccountId Account, long WindowMs, long Window), long> _orders = [];
    private readonly Dictionary<long, long> _weight = [];

    public int OrdersTaken { get; private set; }

    public int OverLimit { get; private set; }

    public void Send(in Admission admission, long nowMs) =>
        _underWay.Add((nowMs + random.Next(WayMsMax), admission));

    public void Answer(RequestBudget budget, long nowMs)
    {
        foreach ((long AtMs, Admission Admission) arrived in _underWay.Where(each => each.AtMs <= nowMs).ToList())
        {
            _ = _underWay.Remove(arrived);
            Take(arrived.Admission, nowMs);
        }

        foreach (var due in _answers.Where(each => each.AtMs <= nowMs).ToList())
        {
            _ = _answers.Remove(due);
            budget.Answered(due.Admission, due.IsRefused, due.Told);
        }
    }

    private void Take(in Admission admission, long nowMs)
    {
        long clockMs = nowMs + clockErrorMs;
        long minute = clockMs / 60_000;
        _weight[minute] = _weight.GetValueOrDefault(minute) + admission.Claim.Weight;
        OverLimit += _weight[minute] > WeightMax ? 1 : 0;
        var told = new List<LimitUse> { new(IsWeight: true, 60_000, _weight[minute]) };
        bool isRefused = admission.Claim.Orders > 0 && random.Next(10) == 0;
        if (admission.Claim.Orders > 0 && !isRefused)
        {
            OrdersTaken += admission.Claim.Orders;
            foreach ((long windowMs, long limit) in OrderLimits)
            {
                (AccountId, long, long) window = (admission.Claim.Account, windowMs, clockMs / windowMs);
                _orders[window] = _orders.GetValueOrDefault(window) + admission.Claim.OrdersIn(windowMs);
                OverLimit += _orders[window] > limit ? 1 : 0;
                if (random.Next(5) == 0)
                {
                    _orders[window]--;
                }

                told.Add(new(IsWeight: false, windowMs, _orders[window]));
            }
        }

        if (random.Next(20) > 0)
        {
            _answers.Add((nowMs + random.Next(WayMsMax), admission, isRefused, [.. told]));
        }
    }
}
