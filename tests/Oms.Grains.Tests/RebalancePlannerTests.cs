using System.Collections.Immutable;
using CsCheck;
using Oms.Domain.Instruments;
using Oms.Grains.Rebalancing;

namespace Oms.Grains.Tests;

/// <summary>What is moved within a family, and above all what is not.</summary>
public sealed class RebalancePlannerTests
{
    private const decimal TransferMin = 10;

    private static readonly RebalancePlanner Planner = new("USDT", TransferMin);

    private static readonly Gen<decimal> Amount = Gen.OneOf(
        Gen.Int[0, 200].Select(number => number < 40 ? 0 : (decimal)number),
        Gen.Long[0, 200_00000000].Select(number => number / 100_000_000m));

    private static readonly Gen<AccountFunds> Sub = Gen.Select(
        Gen.Int[1, 4], Amount, Amount, Amount, Amount, Amount.Select(Maybe), Amount, Amount.Select(Maybe),
        (wallets, held, free, coming, leaving, max, others, worthMax) => new AccountFunds
        {
            Account = "",
            Held = held + free,
            Wallets = wallets == 1
                ? [(Market.Futures, free)]
                : [(Market.Spot, free / 2), (Market.Futures, free - (free / 2))],
            Coming = coming,
            Leaving = Math.Min(leaving, held + free),
            Bound = max,
            Worth = held + free + others,
            WorthMax = worthMax,
            Problem = wallets == 4 ? "stale" : "",
        });

    private static readonly Gen<(AccountFunds Main, ImmutableArray<AccountFunds> Subs)> Family = Gen.Select(
        Amount, Amount, Amount, Amount, Amount, Sub.Array[0, 6],
        (free, reserved, leaving, coming, min, subs) => (
            new AccountFunds
            {
                Account = "test/main",
                Held = free + reserved,
                Wallets = [(Market.Spot, free)],
                Coming = coming,
                Leaving = Math.Min(leaving, free + reserved),
                Bound = min,
            },
            subs.Select((sub, index) => sub with { Account = $"test/sub{index}" }).ToImmutableArray()));

    /// <summary>The main account's balance and minimum, sub-accounts as held/free/max, and what is moved.</summary>
    [Theory]
    // The poorest first, to one level, until the minimum of the main account.
    [InlineData("300 100", "0/0/100  0/0/100", "main>0:100 main>1:100")]
    [InlineData("200 100", "0/0/100  0/0/100", "main>0:50 main>1:50")]
    [InlineData("200 100", "60/60/100 0/0/100", "main>0:20 main>1:80")]
    [InlineData("180 100", "60/60/100 0/0/100", "main>0:10 main>1:70")]
    [InlineData("140 100", "60/60/100 0/0/100", "main>1:40")]
    [InlineData("200 100", "0/0/20   0/0/500", "main>0:20 main>1:80")]
    [InlineData("200 100", "0/0/20   50/50/60", "main>0:20 main>1:10")]
    // Below its minimum the main account gives nothing.
    [InlineData("100 100", "0/0/100", "")]
    [InlineData("50 100", "0/0/100", "")]
    // Where nothing says how much, nothing is given.
    [InlineData("300 100", "0/0/-", "")]
    // What is above the maximum goes to the main account, as far as it is free.
    [InlineData("100 100", "150/150/100", "0>main:50")]
    [InlineData("100 100", "150/20/100", "0>main:20")]
    [InlineData("100 100", "150/0/100", "")]
    [InlineData("150 100", "150/150/100 0/0/100", "0>main:50 main>1:50")]
    // Too little to be worth it.
    [InlineData("109 100", "0/0/100", "")]
    [InlineData("100 100", "109/109/100", "")]
    public void Moves(string mains, string subs, string moves)
    {
        decimal[] main = [.. mains.Split(' ').Select(decimal.Parse)];
        ImmutableArray<AccountFunds> all =
        [
            .. subs.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((text, index) =>
            {
                string[] parts = text.Split('/');
                return SubOf(
                    $"test/{index}", decimal.Parse(parts[0]), decimal.Parse(parts[1]),
                    parts[2] == "-" ? null : decimal.Parse(parts[2]));
            }),
        ];
        Assert.Equal(moves, string.Join(' ', Planner.Plan(MainOf(main[0], main[1]), all).Select(TextOf)));
    }

    [Fact]
    public void What_is_under_way_counts_before_anything_is_moved()
    {
        AccountFunds sub = SubOf("test/0", 0, 0, 100);
        Assert.Equal("main>0:60", Text(MainOf(500, 100), sub with { Coming = 40 }));
        Assert.Equal("main>0:30", Text(MainOf(200, 100) with { Leaving = 70 }, sub));
        // What comes to the main account is not given away before it is there.
        Assert.Equal("", Text(MainOf(100, 100) with { Coming = 500 }, sub));
        Assert.Equal("0>main:20", Text(MainOf(0, 100), SubOf("test/0", 150, 150, 100) with { Leaving = 30 }));
        Assert.Equal("0>main:50", Text(MainOf(0, 100), SubOf("test/0", 150, 150, 100) with { Coming = 30 }));
    }

    [Fact]
    public void Nothing_is_moved_to_or_from_what_is_not_ready()
    {
        AccountFunds sub = SubOf("test/0", 0, 0, 100);
        Assert.Equal("", Text(MainOf(500, 100), sub with { Problem = "stream_down" }));
        Assert.Equal("", Text(MainOf(500, 100) with { Problem = "halted" }, sub, SubOf("test/1", 500, 500, 100)));
    }

    [Fact]
    public void An_account_may_be_bounded_by_what_all_it_has_is_worth()
    {
        AccountFunds main = MainOf(500, 100);
        AccountFunds sub = SubOf("test/0", 20, 20, null) with { Worth = 70, WorthMax = 100 };
        Assert.Equal("main>0:30", Text(main, sub));
        Assert.Equal("main>0:10", Text(main, sub with { Coming = 20 }));
        Assert.Equal("main>0:20", Text(main, sub with { Bound = 40 }));
        Assert.Equal("0>main:15", Text(main, sub with { Worth = 115 }));
        Assert.Equal("0>main:20", Text(main, sub with { Worth = 1000 }));
        Assert.Equal("0>main:18", Text(main, sub with { Worth = 115, Bound = 2 }));
    }

    [Fact]
    public void Money_goes_to_the_first_wallet_and_comes_from_all_of_them()
    {
        AccountFunds rich = SubOf("test/0", 150, 0, 100) with
        {
            Wallets = [(Market.Spot, 20), (Market.Futures, 90)],
        };
        AccountFunds poor = SubOf("test/1", 0, 0, 100) with { Wallets = [(Market.Futures, 0)] };
        Assert.Equal(
            [
                ("test/0", Market.Spot, "test/main", Market.Spot, 20m),
                ("test/0", Market.Futures, "test/main", Market.Spot, 30m),
                ("test/main", Market.Spot, "test/1", Market.Futures, 100m),
            ],
            Planner.Plan(MainOf(500, 100), [rich, poor]).Select(move => move.Order).Select(
                order => (order.From, order.FromWallet, order.To, order.ToWallet, order.Amount)));
    }

    [Fact]
    public void The_main_account_keeps_its_minimum_whatever_is_under_way() => Family.Sample(family =>
    {
        decimal given = Given(Planner.Plan(family.Main, family.Subs), family.Main.Account);
        Assert.True(given <= family.Main.Free);
        Assert.True(given == 0 || family.Main.Held - family.Main.Leaving - given >= family.Main.Bound);
    });

    [Fact]
    public void No_sub_account_gets_above_its_maximum_or_stays_there_with_free_money() => Family.Sample(family =>
    {
        ImmutableArray<RebalanceMove> moves = Planner.Plan(family.Main, family.Subs);
        foreach (AccountFunds sub in family.Subs)
        {
            decimal got = moves.Where(move => move.Order.To == sub.Account).Sum(move => move.Order.Amount);
            decimal gave = Given(moves, sub.Account);
            Assert.True(got == 0 || sub.Bound is not null || sub.WorthMax is not null);
            Assert.True(got == 0 || sub.Held + sub.Coming + got <= (sub.Bound ?? decimal.MaxValue));
            Assert.True(got == 0 || sub.Worth + sub.Coming + got <= (sub.WorthMax ?? decimal.MaxValue));
            decimal aboveHeld = sub.Held - sub.Leaving - (sub.Bound ?? decimal.MaxValue / 2);
            decimal aboveWorth = sub.Worth - sub.Leaving - (sub.WorthMax ?? decimal.MaxValue / 2);
            decimal excess = Math.Max(aboveHeld, aboveWorth) - gave;
            Assert.True(gave == 0 || excess > -0.00000001m);
            bool couldMore = sub.Problem.Length == 0 && excess > TransferMin
                && sub.Wallets.Any(wallet => wallet.Free - GivenFrom(moves, sub, wallet.Wallet) > TransferMin);
            Assert.False(couldMore, "it keeps what it need not");
        }
    });

    [Fact]
    public void What_is_moved_is_neither_made_nor_lost_and_no_wallet_gives_what_it_has_not() => Family.Sample(family =>
    {
        ImmutableArray<RebalanceMove> moves = Planner.Plan(family.Main, family.Subs);
        Assert.All(moves, move =>
        {
            Assert.True(move.Order.Amount >= TransferMin);
            Assert.Equal(move.Order.Amount, Math.Round(move.Order.Amount, 8));
            bool collects = move.Purpose == RebalancePurpose.Collection;
            Assert.Equal(family.Main.Account, collects ? move.Order.To : move.Order.From);
            Assert.Contains(family.Subs, sub => sub.Problem.Length == 0
                && sub.Account == (collects ? move.Order.From : move.Order.To));
        });
        foreach (AccountFunds account in family.Subs.Append(family.Main))
        {
            Assert.All(
                account.Wallets, wallet => Assert.True(GivenFrom(moves, account, wallet.Wallet) <= wallet.Free));
        }
    });

    [Fact]
    public void A_plan_made_again_while_the_last_one_is_under_way_moves_nothing() => Family.Sample(family =>
    {
        ImmutableArray<RebalanceMove> moves = Planner.Plan(family.Main, family.Subs);
        AccountFunds UnderWay(AccountFunds account) => account with
        {
            Wallets =
            [
                .. account.Wallets.Select(
                    wallet => (wallet.Wallet, wallet.Free - GivenFrom(moves, account, wallet.Wallet))),
            ],
            Leaving = account.Leaving + Given(moves, account.Account),
            Coming = account.Coming
                + moves.Where(move => move.Order.To == account.Account).Sum(move => move.Order.Amount),
        };
        Assert.Empty(Planner.Plan(UnderWay(family.Main), [.. family.Subs.Select(UnderWay)]));
    });

    private static decimal? Maybe(decimal max) => max > 180 ? null : max;

    private static AccountFunds MainOf(decimal free, decimal min) => new()
    {
        Account = "test/main", Held = free, Wallets = [(Market.Spot, free)], Bound = min,
    };

    private static AccountFunds SubOf(string account, decimal held, decimal free, decimal? max) => new()
    {
        Account = account, Held = held, Wallets = [(Market.Spot, free)], Bound = max,
    };

    private static string Text(AccountFunds main, params ImmutableArray<AccountFunds> subs) =>
        string.Join(' ', Planner.Plan(main, subs).Select(TextOf));

    private static string TextOf(RebalanceMove move) =>
        $"{move.Order.From[5..]}>{move.Order.To[5..]}:{move.Order.Amount:0.########}";

    private static decimal Given(ImmutableArray<RebalanceMove> moves, string account) =>
        moves.Where(move => move.Order.From == account).Sum(move => move.Order.Amount);

    private static decimal GivenFrom(ImmutableArray<RebalanceMove> moves, AccountFunds account, Market wallet) =>
        moves.Where(move => move.Order.From == account.Account && move.Order.FromWallet == wallet)
            .Sum(move => move.Order.Amount);
}
