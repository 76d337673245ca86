using Oms.Grains.Positions;

namespace Oms.Grains.Tests;

/// <summary>What a position brought, at average cost and first in, first out, in all and by day.</summary>
public sealed class ProfitAndLossTests(GrainCluster cluster) : IClassFixture<GrainCluster>
{
    private const long DayNanos = 86_400_000_000_000;

    [Fact]
    public async Task Both_methods_and_the_days_follow_the_fills()
    {
        IPositionGrain grain = cluster.Grains.GetGrain<IPositionGrain>("pnl/both");
        cluster.Prices.Place("pnl", "BTC/USDT", bid: 130, ask: 131);
        // One at 100 and one at 110, then one sold at 120 on the next day: 15 over the average, 20 over the first.
        _ = await grain.Apply(new()
        {
            FirstSequence = 1,
            LastSequence = 4,
            Fills = [Batches.Fill(1, 1, 100, 0.1m), Batches.Fill(3, 1, 110, 0.2m, "BNB")],
            Positions = [Held(2, 1, 100, 0, 0.1m), Held(4, 2, 210, 0, 0.1m)],
        });
        FillUpdate sold = Batches.Fill(5, -1, 120, 0.3m) with { UnixNanos = DayNanos + 5 };
        PositionUpdate left = Held(6, 1, 105, 15, 0.4m) with { UnixNanos = DayNanos + 6, Funding = -0.7m };
        _ = await grain.Apply(new() { FirstSequence = 5, LastSequence = 6, Fills = [sold], Positions = [left] });

        PositionsView view = await grain.GetView();
        PositionView position = Assert.Single(view.Positions);
        Assert.Equal((105m, 110m), (position.AverageCost, position.FifoCost));
        Assert.Equal((15m, 20m), (position.RealizedPnl, position.FifoRealizedPnl));
        Assert.Equal(25m, position.UnrealizedPnl);
        Assert.Equal("pnl spot BTC/USDT bid", position.MarkedAt?.Name);
        Assert.Equal(2, view.Days.Length);
        (DayView second, DayView first) = (view.Days[0], view.Days[1]);
        Assert.Equal((new DateOnly(1970, 1, 1), 210m, 2), (first.Day, first.Turnover, first.FillCount));
        Assert.Equal((0m, 0m, 0.1m), (first.RealizedPnl, first.FifoRealizedPnl, first.QuoteFees));
        Assert.Equal(2m, first.ClosingQuantity);
        Assert.Equal(0.2m, first.OtherFees["BNB"]);
        Assert.Equal(new DateOnly(1970, 1, 2), second.Day);
        Assert.Equal((15m, 20m, 0.3m), (second.RealizedPnl, second.FifoRealizedPnl, second.QuoteFees));
        Assert.Equal(-0.7m, second.Funding);
        Assert.Equal((120m, 1m), (second.Turnover, second.ClosingQuantity));
    }

    [Fact]
    public async Task A_fee_taken_from_what_was_bought_is_a_sale_of_that_much()
    {
        IPositionGrain grain = cluster.Grains.GetGrain<IPositionGrain>("pnl/base-fee");
        _ = await grain.Apply(new()
        {
            FirstSequence = 1,
            LastSequence = 2,
            Fills = [Batches.Fill(1, 1, 100, 0.001m, "BTC")],
            Positions = [Held(2, 0.999m, 99.9m, 0, 0) with { BaseFees = 0.001m }],
        });
        PositionView position = Assert.Single((await grain.GetView()).Positions);
        Assert.Equal((100m, 100m, 0m), (position.AverageCost, position.FifoCost, position.FifoRealizedPnl));
        Assert.Equal(0.999m, Assert.Single(position.Lots).Quantity);
    }

    [Fact]
    public async Task Redelivered_fills_are_counted_once()
    {
        IPositionGrain grain = cluster.Grains.GetGrain<IPositionGrain>("pnl/again");
        var batch = new PositionBatch
        {
            FirstSequence = 1,
            LastSequence = 2,
            Fills = [Batches.Fill(1, 1, 100)],
            Positions = [Held(2, 1, 100, 0, 0)],
        };
        _ = await grain.Apply(batch);
        _ = await grain.Apply(batch);
        _ = await grain.Apply(batch with { LastSequence = 3, Fills = [batch.Fills[0], Batches.Fill(3, 2, 100)] });
        PositionsView view = await grain.GetView();
        Assert.Equal((300m, 2), (view.Days[0].Turnover, view.Days[0].FillCount));
        Assert.Equal(3m, Assert.Single(view.Positions).Lots.Sum(lot => lot.Quantity));
    }

    [Fact]
    public async Task Without_a_book_nothing_is_said_of_what_is_not_realised()
    {
        IPositionGrain grain = cluster.Grains.GetGrain<IPositionGrain>("nowhere/one");
        _ = await grain.Apply(Batches.Position(1, 1));
        PositionView position = Assert.Single((await grain.GetView()).Positions);
        Assert.Null(position.UnrealizedPnl);
        Assert.Null(position.MarkedAt);
    }

    private static PositionUpdate Held(
        long sequence, decimal quantity, decimal openNotional, decimal realizedPnl, decimal quoteFees) =>
        Batches.Held(sequence, quantity) with
        {
            OpenNotional = openNotional,
            RealizedPnl = realizedPnl,
            QuoteFees = quoteFees,
            BaseFees = 0,
        };
}
