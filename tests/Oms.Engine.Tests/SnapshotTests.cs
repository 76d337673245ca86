using CsCheck;
using Oms.Domain.Messages;

namespace Oms.Engine.Tests;

/// <summary>A saved engine goes on as the one that was saved; what is no engine is refused.</summary>
public sealed class SnapshotTests
{
    /// <summary>Of the magic number, the version and the hash of layouts, and the size of an order.</summary>
    private const int HeaderLength = 8 + 4 + 8 + 4;

    [Fact]
    public void A_loaded_engine_answers_as_the_saved_one() => Gen.Select(RandomDay.Steps(60), Gen.Int[0, 60])
        .Sample(
            (steps, cut) =>
            {
                Desk desk = RandomDay.Open();
                var day = new RandomDay(desk, RandomDay.AllAccounts);
                Array.ForEach([.. steps.Take(cut)], day.Step);
                byte[] saved = Saved(desk.Engine);
                Engine loaded = Engine.Load(new MemoryStream(saved));

                Assert.Equal(desk.Engine.View.StateHash(), loaded.View.StateHash());
                Assert.Equal(saved, Saved(loaded));
                Audit.Holds(loaded);
                int inputsBefore = desk.Inputs.Count;
                int bytesBefore = desk.AllBytes.Length;
                Array.ForEach([.. steps.Skip(cut)], day.Step);
                Assert.Equal(desk.AllBytes[bytesBefore..], Answers(loaded, desk.Inputs.Skip(inputsBefore)));
                Assert.Equal(desk.Engine.View.StateHash(), loaded.View.StateHash());
            },
            iter: 150);

    [Fact]
    public void Replay_from_the_first_input_gives_the_same_bytes_and_the_same_state() => RandomDay.Steps(60).Sample(
        steps =>
        {
            Desk desk = RandomDay.Open();
            Array.ForEach(steps, new RandomDay(desk, RandomDay.AllAccounts).Step);
            var again = new Engine(Desk.Capacity with { OrdersHeldMax = 200 });

            Assert.Equal(desk.AllBytes, Answers(again, desk.Inputs));
            Assert.Equal(desk.Engine.View.StateHash(), again.View.StateHash());
        },
        iter: 100);

    [Fact]
    public void A_truncated_state_is_refused_wherever_it_ends() => Gen.Int[0, int.MaxValue].Sample(
        length => Assert.Throws<InvalidDataException>(
            () => Engine.Load(new MemoryStream(Example, 0, length % Example.Length))),
        iter: 500);

    [Fact]
    public void A_foreign_state_is_refused() => Gen.Int[0, (HeaderLength * 8) - 1].Sample(
        bit =>
        {
            byte[] foreign = [.. Example];
            foreign[bit / 8] ^= (byte)(1 << (bit % 8));
            _ = Assert.Throws<InvalidDataException>(() => Engine.Load(new MemoryStream(foreign)));
        },
        iter: HeaderLength * 16);

    [Fact]
    public void Nothing_is_no_state() =>
        Assert.Throws<InvalidDataException>(() => Engine.Load(new MemoryStream()));

    [Fact]
    public void A_loaded_engine_grows_like_any_other()
    {
        Desk desk = Desk.Trading(ordersHeldMax: 2);
        _ = desk.Place(Say.Place(Desk.Alpha, Desk.Toy, "a", Domain.Orders.Side.Buy, 100, 1));
        _ = desk.Place(Say.Place(Desk.Alpha, Desk.Toy, "b", Domain.Orders.Side.Buy, 100, 1));
        desk.Restart();
        desk.Send(new CapacityDefined
        {
            Header = MessageHeader.For<CapacityDefined>(),
            AccountsMax = 9,
            InstrumentsMax = 9,
            AssetsMax = 9,
            OrdersHeldMax = 3,
            FillsRememberedMax = 9,
            BalancesMax = 300,
            PositionsMax = 100,
            TransfersHeldMax = 9,
        });

        ExecutionReport last = desk.Place(Say.Place(Desk.Alpha, Desk.Toy, "c", Domain.Orders.Side.Buy, 100, 1));
        Assert.Equal(Domain.Orders.RejectReason.None, last.RejectReason);
        Assert.Equal(3, desk.Engine.View.LiveOrders);
        Audit.Holds(desk.Engine);
    }

    private static byte[] Example { get; } = MakeExample();

    private static byte[] MakeExample()
    {
        Desk desk = RandomDay.Open();
        var day = new RandomDay(desk, RandomDay.AllAccounts);
        for (int step = 0; step < 200; step++)
        {
            day.Step((step % 100, step * 7 % 1000, step * 31 % 1000, step * 77 % 1000, step * 113 % 1000));
        }

        return Saved(desk.Engine);
    }

    private static byte[] Saved(Engine engine)
    {
        using var stream = new MemoryStream();
        engine.Save(stream);
        return stream.ToArray();
    }

    private static byte[] Answers(Engine engine, IEnumerable<byte[]> inputs)
    {
        List<byte> answers = [];
        foreach (byte[] input in inputs)
        {
            answers.AddRange(engine.Apply(input).Messages);
        }

        return [.. answers];
    }
}
