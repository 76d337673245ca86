using Oms.Domain.Instruments;
using Oms.Domain.Orders;
using Oms.Domain.Transfers;
using Oms.Grains.Transfers;
using Oms.Testing;

namespace Oms.Grains.Tests;

/// <summary>A transfer is asked for until FastPath answers, under one id and one intent, whatever dies.</summary>
public sealed class TransferGrainTests(GrainCluster cluster) : IClassFixture<GrainCluster>
{
    private static readonly TransferOrder Order = new()
    {
        From = "test/main",
        FromWallet = Market.Spot,
        To = "test/sub",
        ToWallet = Market.Spot,
        Asset = "USDT",
        Amount = 12.5m,
    };

    [Fact]
    public async Task It_is_asked_again_until_the_first_event_and_never_after()
    {
        cluster.Desk.IsOpen = false;
        TransferView wanted = await Grain("insists").Start(Order);
        Assert.Equal((TransferStatus.None, Order), (wanted.Status, wanted.Order));
        cluster.Desk.IsOpen = true;
        await Eventually.True(() => Asked("insists").Length > 1, TimeSpan.FromSeconds(20));
        _ = Assert.Single(Asked("insists").Select(asked => asked.IntentUnixNanos).Distinct());

        await Grain("insists").Apply([Update(3, TransferStep.Accepted, TransferStatus.Reserved)]);
        int before = Asked("insists").Length;
        _ = await Grain("insists").Start(Order);
        Assert.Equal(TransferStatus.Reserved, (await Grain("insists").GetView())!.Status);
        Assert.Equal(before, Asked("insists").Length);
    }

    [Fact]
    public async Task An_intent_survives_the_silo()
    {
        cluster.Desk.IsOpen = false;
        _ = await Grain("survives").Start(Order);
        await cluster.RestartSiloAsync();
        cluster.Desk.IsOpen = true;
        // Whoever looks at it wakes it; nobody does: the reminder would.
        Assert.Equal(TransferStatus.None, (await Grain("survives").GetView())!.Status);
        await Eventually.True(() => Asked("survives").Length > 0, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Repeated_updates_change_nothing_and_its_end_stays()
    {
        TransferUpdate[] steps =
        [
            Update(3, TransferStep.Accepted, TransferStatus.Reserved),
            Update(4, TransferStep.Debited, TransferStatus.InTransit),
            Update(9, TransferStep.Credited, TransferStatus.Completed),
        ];
        await Grain("repeated").Apply([.. steps[..2]]);
        await Grain("repeated").Apply([.. steps]);
        await Grain("repeated").Apply([.. steps[..1]]);
        await cluster.RestartSiloAsync();
        TransferView view = (await Grain("repeated").GetView())!;
        Assert.Equal(steps, view.Steps);
        Assert.Equal((TransferStatus.Completed, 9L), (view.Status, view.LastSequence));
    }

    [Fact]
    public async Task Another_transfer_under_the_same_id_is_refused()
    {
        _ = await Grain("taken").Start(Order);
        _ = await Assert.ThrowsAsync<ArgumentException>(() => Grain("taken").Start(Order with { Amount = 13 }));
        Assert.Null(await Grain("unheard").GetView());
    }

    private ITransferGrain Grain(string id) => cluster.Grains.GetGrain<ITransferGrain>(id);

    private (string Id, TransferOrder Order, long IntentUnixNanos)[] Asked(string id) =>
        [.. cluster.Desk.Asked.Where(asked => asked.Id == id)];

    private static TransferUpdate Update(long sequence, TransferStep step, TransferStatus status) => new()
    {
        Sequence = sequence,
        UnixNanos = sequence * 1000,
        TransferId = 1,
        Status = status,
        Step = step,
        Hop = 1,
        Reason = RejectReason.None,
        ExchangeErrorCode = 0,
        ExchangeTransferId = 0,
        Order = Order,
    };
}
