using Microsoft.Extensions.Time.Testing;
using Oms.Domain.Ids;
using Oms.Exchanges.Binance;
using Oms.Exchanges.Binance.Budget;

namespace Oms.Exchanges.Tests;

/// <summary>Who may send, who waits, and for how long.</summary>
public sealed class RequestBudgetTests : IDisposable
{
    private static readonly AccountId First = new(1);
    private static readonly AccountId Second = new(2);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    /// <summary>At the beginning of a minute, and beyond its margin.</summary>
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1_700_000_041));
    private readonly RequestBudget _budget;

    public RequestBudgetTests() =>
        _budget = new(new RateLimits(100, [new(10_000, 2), new(60_000, 4)]), new ExchangeClock(_time), _time);

    [Fact]
    public async Task What_is_on_its_way_counts_in_full_until_the_exchange_says_what_it_counted()
    {
        Admission admission = await Ask(RequestLane.Query, weight: 80);
        Task<Admission> waiting = Ask(RequestLane.Query, weight: 1);
        Assert.False(waiting.IsCompleted);
        _budget.Answered(admission, isRefused: false, [new(IsWeight: true, 60_000, Used: 79)]);
        Assert.True((await waiting).IsGranted);
        // Of the 100, new orders may use 90; 79 are told, and one is on its way.
        Assert.Equal(10, _budget.Left(First).Weight);
    }

    [Fact]
    public async Task Each_lane_has_something_left_that_those_behind_it_may_not_use()
    {
        Assert.True((await Ask(RequestLane.Query, weight: 80)).IsGranted);
        AssertWaits(RequestLane.Query);
        Assert.True((await Ask(RequestLane.NewOrder, weight: 10)).IsGranted);
        AssertWaits(RequestLane.NewOrder);
        Assert.True((await Ask(RequestLane.Amend, weight: 5)).IsGranted);
        AssertWaits(RequestLane.Amend);
        Assert.True((await Ask(RequestLane.Cancel, weight: 50)).IsGranted);
        Assert.True((await Ask(RequestLane.Halt, weight: 50)).IsGranted);
    }

    [Fact]
    public async Task After_a_hold_the_most_urgent_goes_first()
    {
        _budget.HoldAll(TimeSpan.FromSeconds(3));
        RequestLane[] asked =
            [RequestLane.Query, RequestLane.NewOrder, RequestLane.Amend, RequestLane.Cancel, RequestLane.Halt];
        Task<Admission>[] waiting = [.. asked.Select(lane => Ask(lane))];
        _time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.All(waiting, each => Assert.False(each.IsCompleted));
        _time.Advance(TimeSpan.FromSeconds(0.2));
        Admission[] admissions = await Task.WhenAll(waiting);
        Assert.Equal(
            asked.Reverse(),
            admissions.OrderBy(each => each.WeightPosition).Select(each => each.Claim.Lane));
    }

    [Fact]
    public async Task Orders_of_an_account_wait_for_their_next_window_and_those_of_another_pass()
    {
        Told(await Order(First), inTenSeconds: 1, inMinute: 1);
        Told(await Order(First), inTenSeconds: 2, inMinute: 2);
        Task<Admission> third = Order(First);
        Task<Admission> fourth = Order(First);
        Assert.True((await Order(Second)).IsGranted);
        Assert.True((await Ask(RequestLane.Cancel)).IsGranted);
        Assert.Equal((0, 1), (_budget.Left(First).Orders, _budget.Left(Second).Orders));
        Assert.False(third.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(9.2));
        Assert.True((await third).OrderPosition < (await fourth).OrderPosition);
        Told(await third, inTenSeconds: 1, inMinute: 3);
        Told(await fourth, inTenSeconds: 2, inMinute: 4);
        // Four in the minute: the next waits for the next one, whatever its ten seconds have left.
        Task<Admission> fifth = Order(First);
        _time.Advance(TimeSpan.FromSeconds(49.8));
        Assert.False(fifth.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.True((await fifth).IsGranted);
    }

    [Fact]
    public async Task What_was_never_answered_may_count_in_the_next_window_too_and_then_no_more()
    {
        _ = await Order(First);
        _ = await Order(First);
        _time.Advance(TimeSpan.FromSeconds(9.2));
        Assert.Equal(0, _budget.Left(First).Orders);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(2, _budget.Left(First).Orders);
    }

    [Fact]
    public async Task An_order_that_is_no_longer_wanted_is_not_let_go_and_neither_is_one_that_is_too_old()
    {
        using var withdrawn = new CancellationTokenSource();
        _budget.HoldAll(TimeSpan.FromSeconds(1));
        Task<Admission> waiting = _budget.Admit(
            new(RequestLane.NewOrder, First, 0, 1), _budget.DeadlineMs(Long), withdrawn.Token, CancellationToken.None)
            .AsTask();
        Assert.False(waiting.IsCompleted);
        await withdrawn.CancelAsync();
        Assert.False((await waiting).IsGranted);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(2, _budget.Left(First).Orders);
        // There is room, and it is too late.
        Assert.False((await Order(First, TimeSpan.FromMilliseconds(-1))).IsGranted);
    }

    [Fact]
    public async Task A_small_question_does_not_pass_a_large_one_and_what_was_not_sent_costs_nothing()
    {
        Admission first = await Ask(RequestLane.Query, weight: 60);
        Task<Admission> large = Ask(RequestLane.Query, weight: 40);
        Task<Admission> small = Ask(RequestLane.Query, weight: 1);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(large.IsCompleted || small.IsCompleted);
        _budget.NotSent(first);
        Assert.True((await large).WeightPosition < (await small).WeightPosition);
        Assert.Equal(90 - 41, _budget.Left(First).Weight);
    }

    [Fact]
    public async Task An_order_that_would_wait_for_too_long_is_refused_at_once()
    {
        _ = await Order(First);
        _ = await Order(First);
        Assert.False((await Order(First, TimeSpan.FromSeconds(5))).IsGranted);
        Task<Admission> waiting = Order(First, TimeSpan.FromSeconds(9.5));
        _budget.HoldNewOrders(First, TimeSpan.FromSeconds(10));
        Assert.False((await waiting).IsGranted);
        Assert.Equal(TimeSpan.FromSeconds(10), _budget.Left(First).HeldFor);
    }

    [Fact]
    public async Task An_order_that_the_exchange_refused_does_not_count_and_a_fill_gives_one_back()
    {
        _budget.Answered(await Order(First), isRefused: true, []);
        Assert.Equal(2, _budget.Left(First).Orders);
        Told(await Order(First), inTenSeconds: 1, inMinute: 1);
        Told(await Order(First), inTenSeconds: 1, inMinute: 2);
        Assert.Equal(1, _budget.Left(First).Orders);
    }

    [Fact]
    public async Task Of_answers_that_overtake_each_other_the_higher_count_is_believed()
    {
        Admission first = await Order(First);
        Told(await Order(First), inTenSeconds: 2, inMinute: 2);
        Told(first, inTenSeconds: 1, inMinute: 1);
        Assert.Equal(0, _budget.Left(First).Orders);
    }

    [Fact]
    public async Task No_more_orders_wait_than_may_and_who_gives_up_makes_room()
    {
        _ = await Order(First);
        _ = await Order(First);
        using var giveUp = new CancellationTokenSource();
        List<Task<Admission>> waiting =
        [
            .. Enumerable.Range(0, RequestBudget.OrdersWaitingPerAccountMax)
                .Select(_ => Order(First, Long, giveUp.Token)),
        ];
        Assert.False((await Order(First)).IsGranted);
        await giveUp.CancelAsync();
        foreach (Task<Admission> each in waiting)
        {
            _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => each);
        }

        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.True((await Order(First)).IsGranted);
    }

    /// <summary>
    /// Against an exchange that counts by its own clock, answers late and out of order, and loses answers: it is never
    /// asked for more than it grants.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task No_window_of_the_exchange_ever_takes_more_than_its_limit(int seed)
    {
        var rule = new BatchRule(3, Weight: 5);
        var random = new Random(seed);
        var exchange = new CountingExchange(random, clockErrorMs: random.Next(-40, 41));
        long startMs = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var asked = new List<Task<Admission>>();
        for (long ms = startMs; ms < startMs + 90_000; ms += 5)
        {
            if (random.Next(4) == 0)
            {
                var account = new AccountId((uint)random.Next(1, 4));
                bool isOrder = random.Next(3) > 0;
                asked.Add(_budget.Admit(
                    new(
                        isOrder ? RequestLane.NewOrder : RequestLane.Query, account, random.Next(1, 4),
                        isOrder ? 1 : 0),
                    _budget.DeadlineMs(TimeSpan.FromSeconds(random.Next(1, 30))), CancellationToken.None,
                    CancellationToken.None, isOrder && random.Next(2) == 0 ? new Seat(rule) : null).AsTask());
            }

            foreach (Task<Admission> granted in asked.Where(each => each.IsCompletedSuccessfully).ToList())
            {
                _ = asked.Remove(granted);
                if (await granted is { IsGranted: true } admission)
                {
                    exchange.Send(admission, ms);
                }
            }

            exchange.Answer(_budget, ms);
            _time.Advance(TimeSpan.FromMilliseconds(5));
        }

        Assert.True(exchange.OrdersTaken > 10, $"{exchange.OrdersTaken} orders");
        Assert.Equal(0, exchange.OverLimit);
    }

    [Fact]
    public async Task What_waits_leaves_together_as_far_as_there_is_room_and_counts_once_in_a_minute()
    {
        Told(await Order(First), inTenSeconds: 2, inMinute: 3);
        var rule = new BatchRule(5, Weight: 5);
        using var withdrawn = new CancellationTokenSource();
        Task<Admission>[] waiting =
        [
            .. Enumerable.Range(0, 4).Select(index => _budget.Admit(
                new(RequestLane.NewOrder, First, 0, 1), _budget.DeadlineMs(Long),
                index == 1 ? withdrawn.Token : CancellationToken.None, CancellationToken.None, new Seat(rule))
                .AsTask()),
        ];
        await withdrawn.CancelAsync();
        _time.Advance(TimeSpan.FromSeconds(9.2));
        // Two in ten seconds, and of four in the minute the last.
        Admission together = await waiting[0];
        Assert.Equal((5, 2), (together.Claim.Weight, together.Claim.Orders));
        Assert.Single(together.Others!);
        Assert.Equal((false, true), ((await waiting[1]).IsJoined, (await waiting[2]).IsJoined));
        Assert.False(waiting[3].IsCompleted);
        Assert.Equal(85, _budget.Left(First).Weight);
        Told(together, inTenSeconds: 2, inMinute: 4);
        _time.Advance(TimeSpan.FromSeconds(50));
        Assert.Null((await waiting[3]).Others);
    }

    public void Dispose() => _budget.Dispose();

    private Task<Admission> Ask(RequestLane lane, int weight = 1) =>
        _budget.Admit(
            new(lane, First, weight, 0), _budget.DeadlineMs(Long), CancellationToken.None, CancellationToken.None)
            .AsTask();

    private Task<Admission> Order(
        AccountId account, TimeSpan? waitMax = null, CancellationToken cancellation = default) =>
        _budget.Admit(
            new(RequestLane.NewOrder, account, 0, 1), _budget.DeadlineMs(waitMax ?? Long), CancellationToken.None,
            cancellation).AsTask();

    private void Told(in Admission admission, long inTenSeconds, long inMinute) => _budget.Answered(
        admission, isRefused: false,
        [new(IsWeight: false, 10_000, inTenSeconds), new(IsWeight: false, 60_000, inMinute)]);

    private sealed class Seat(BatchRule rule) : BatchSeat(rule, "");

    private void AssertWaits(RequestLane lane)
    {
        Task<Admission> asking = _budget.Admit(
            new(lane, Second, 1, 0), _budget.DeadlineMs(Long), CancellationToken.None, CancellationToken.None).AsTask();
        Assert.False(asking.IsCompleted);
    }
}
