using Oms.Gateway.Access;

namespace Oms.Gateway.Tests;

public sealed class RateBudgetTests
{
    [Fact]
    public void A_budget_gives_out_a_second_at_once_and_then_its_rate()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var budget = new RateBudget(10, time);
        Assert.Equal(10, Enumerable.Range(0, 100).Count(_ => budget.TryTake(out TimeSpan _)));
        Assert.False(budget.TryTake(out TimeSpan retryAfter));
        Assert.Equal(TimeSpan.FromMilliseconds(100), retryAfter);
        time.Advance(retryAfter);
        Assert.True(budget.TryTake(out _));
        Assert.False(budget.TryTake(out _));
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(10, Enumerable.Range(0, 100).Count(_ => budget.TryTake(out TimeSpan _)));
    }
}
