using Oms.Grains.Positions;

namespace Oms.Grains.Tests;

public sealed class PositionGrainTests(GrainCluster cluster) : IClassFixture<GrainCluster>
{
    [Fact]
    public async Task The_last_position_of_each_symbol_is_shown_exactly()
    {
        IPositionGrain grain = Grain("symbols");
        PositionBatch batch = Batches.Position(1, 2) with
        {
            Positions =
            [
                Batches.Held(1, 9),
                Batches.Held(1, 0.00000001m, "ETH/USDT"),
                Batches.Held(2, -3.5m),
            ],
        };
        Assert.Equal(3, (await grain.Apply(batch)).NextSequence);

        PositionsView view = await grain.GetView();
        Assert.Equal(["BTC/USDT", "ETH/USDT"], view.Positions.Select(position => position.Symbol));
        Assert.Equal(-3.5m, view.Positions[0].Quantity);
        Assert.Equal(-350m, view.Positions[0].OpenNotional);
        Assert.Equal(-0.5m, view.Positions[0].RealizedPnl);
        Assert.Equal(0.1m, view.Positions[0].QuoteFees);
        Assert.Equal(0.00001m, view.Positions[0].BaseFees);
        Assert.Equal(2000, view.Positions[0].UnixNanos);
        Assert.Equal(0.00000001m, view.Positions[1].Quantity);
    }

    [Fact]
    public async Task Repetition_overlap_and_gap_end_in_the_same_positions()
    {
        IPositionGrain grain = Grain("disorder");
        Assert.Equal(1, (await grain.Apply(Batches.Position(2, 4))).NextSequence);
        Assert.Equal(3, (await grain.Apply(Batches.Position(1, 2))).NextSequence);
        Assert.Equal(3, (await grain.Apply(Batches.Position(1, 2, scale: 9))).NextSequence);
        Assert.Equal(6, (await grain.Apply(Batches.Position(2, 5))).NextSequence);
        Assert.Equal(5, Assert.Single((await grain.GetView()).Positions).Quantity);
    }

    [Fact]
    public async Task State_survives_the_silo_and_never_meets_the_accounts_other_grain()
    {
        _ = await Grain("durable").Apply(Batches.Position(1, 3));
        await cluster.RestartSiloAsync();
        PositionsView view = await Grain("durable").GetView();
        Assert.Equal(3, view.LastSequence);
        Assert.Equal(3, Assert.Single(view.Positions).Quantity);
        var account = cluster.Grains.GetGrain<Accounts.IAccountGrain>("test/durable");
        Assert.Equal(0, (await account.GetView()).LastSequence);
    }

    private IPositionGrain Grain(string name) => cluster.Grains.GetGrain<IPositionGrain>($"test/{name}");
}
