using CsCheck;

namespace Oms.Matching.Tests;

/// <summary>The book against the naive one, over random streams of all that a book can be asked.</summary>
public sealed class OrderBookModelTests
{
    private enum Command
    {
        Place,
        Rest,
        Cancel,
        Reduce,
        SetTickSize,
    }

    private sealed record Step(
        Command Command, BookSide Side, long Price, Terms Terms, int Target, long TickSize);

    private sealed record Terms(
        int Quantity,
        int Display,
        MatchingRule Rule,
        SelfTradeMode Mode,
        SelfTradeScope Scope,
        OrderOwner Owner);

    private static readonly Gen<Command> GenCommand = Gen.Frequency(
        (10, Gen.Const(Command.Place)),
        (2, Gen.Const(Command.Rest)),
        (5, Gen.Const(Command.Cancel)),
        (2, Gen.Const(Command.Reduce)),
        (1, Gen.Const(Command.SetTickSize)));

    /// <summary>On and off the tick, near and far, negative, and the ends of what a price can be.</summary>
    private static readonly Gen<long> GenPrice = Gen.Frequency(
        (12, Gen.Long[95, 105]),
        (4, Gen.Long[0, 700]),
        (2, Gen.Long[-200, 200]),
        (2, Gen.Long[1_000_000, 1_000_300]),
        (1, Gen.Long),
        (1, Gen.OneOf(long.MinValue, long.MinValue + 1, -1, 0, 1, long.MaxValue - 1, long.MaxValue)));

    private static readonly Gen<Terms> GenTerms = Gen.Select(
        Gen.Int[1, 30],
        Gen.OneOf(Gen.Const(0), Gen.Int[1, 12]),
        Gen.Frequency((4, Gen.Const(MatchingRule.Rest)), (3, Gen.Enum<MatchingRule>())),
        Gen.Frequency((1, Gen.Const(SelfTradeMode.None)), (2, Gen.Enum<SelfTradeMode>())),
        Gen.Enum<SelfTradeScope>(),
        Gen.Select(Gen.UInt[0, 3], Gen.UInt[0, 2], (account, group) => new OrderOwner(account, group)),
        (quantity, display, rule, mode, scope, owner) =>
            new Terms(quantity, display, rule, mode, scope, owner));

    private static readonly Gen<long> GenTickSize =
        Gen.OneOf(1, 2, 3, 5, 8, 10, 100, 1L << 40, long.MaxValue);

    /// <summary>Mostly the smallest, so that it has to move.</summary>
    private static readonly Gen<int> GenWindowLevels = Gen.OneOf(64, 64, 64, 192, 4_096);

    private static readonly Gen<Step> GenStep = Gen.Select(
        GenCommand,
        Gen.Enum<BookSide>(),
        GenPrice,
        GenTerms,
        Gen.Int[0, 1_000],
        GenTickSize,
        (command, side, price, terms, target, tickSize) =>
            new Step(command, side, price, terms, target, tickSize));

    /// <summary>Orders about a middle, and cancels of any.</summary>
    private static readonly Gen<Step> GenNearStep = Gen.Select(
        Gen.Frequency((3, Command.Place), (2, Command.Cancel)),
        Gen.Bool,
        Gen.Int[1, 60],
        GenTerms,
        Gen.Int[0, 10_000],
        (command, isBid, distance, terms, target) => new Step(
            command, isBid ? BookSide.Bid : BookSide.Ask, isBid ? -distance : distance, terms, target, 1));

    [Fact]
    public void Any_stream_of_commands_does_to_the_book_what_it_does_to_the_naive_book() =>
        Gen.Select(GenTickSize, GenWindowLevels, GenStep.Array[0, 150]).Sample(
            (tickSize, windowLevels, steps) => Run(tickSize, windowLevels, steps, comparedEvery: 1),
            iter: 5_000);

    [Fact]
    public void Long_streams_end_alike() =>
        Gen.Select(GenTickSize, GenWindowLevels, GenStep.Array[1_000, 2_000]).Sample(
            (tickSize, windowLevels, steps) => Run(tickSize, windowLevels, steps, comparedEvery: 50),
            iter: 100);

    [Fact]
    public void A_market_that_drifts_ends_alike() =>
        Gen.Select(Gen.Int[-9, 9], GenNearStep.Array[200, 1_500]).Sample(
            (drift, steps) => Run(
                1,
                64,
                [.. steps.Select((step, index) => step with { Price = step.Price + (drift * index / 8) })],
                comparedEvery: 100),
            iter: 100);

    private static void Run(long tickSize, int windowLevels, Step[] steps, int comparedEvery)
    {
        // Room for so few that the pool grows under way.
        TwinBooks twins = new(new OrderPool(2), tickSize, windowLevels);
        long lastId = 0;
        for (int index = 0; index < steps.Length; index++)
        {
            Step step = steps[index];
            long target = lastId == 0 ? 0 : 1 + (step.Target % lastId);
            lastId++;
            Apply(twins, step, lastId, target);
            if (index % comparedEvery == 0)
            {
                twins.AssertSameAnswers(step.Side, step.Price, target, step.Terms.Owner);
                twins.AssertSameBook();
            }
        }

        twins.AssertSameBook();
    }

    private static void Apply(TwinBooks twins, Step step, long orderId, long target)
    {
        Terms terms = step.Terms;
        BookOrder order = new(orderId, step.Side, step.Price, terms.Quantity)
        {
            DisplayQuantity = terms.Display,
            Owner = terms.Owner,
            Rule = terms.Rule,
            SelfTradeMode = terms.Mode,
            SelfTradeScope = terms.Scope,
        };
        switch (step.Command)
        {
            case Command.Place:
                twins.Place(order);
                break;
            case Command.Rest:
                bool isIceberg = terms.Display > 0;
                twins.Rest(new RestingOrder(
                    orderId, step.Side, step.Price, terms.Quantity, isIceberg ? terms.Quantity * 3 : 0,
                    terms.Display, terms.Owner));
                break;
            case Command.Cancel:
                twins.Cancel(target);
                break;
            case Command.Reduce:
                twins.Reduce(target, terms.Quantity);
                break;
            case Command.SetTickSize:
                twins.Book.SetTickSize(step.TickSize);
                break;
        }
    }
}
