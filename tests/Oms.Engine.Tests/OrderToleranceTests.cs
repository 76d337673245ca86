using CsCheck;
using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.Engine.Tests;

/// <summary>
/// Reply, stream and query say the same in their own order each, interleaved and repeated at will: the end is
/// always the same.
/// </summary>
public sealed class OrderToleranceTests
{
    private const int Quantity = 10;

    [Fact]
    public void Any_legal_order_and_repetition_of_evidence_ends_in_the_same_state() => Gen.Select(
        Gen.Int[1, 4].Array[0, 4], Gen.Int[0, 3], Gen.Int[0, 4], Gen.Bool, Gen.Int[0, 1000].Array[60]).Sample(
        (fills, end, replied, isDoubted, dice) =>
        {
            string inTurn = EndOf(fills, end, replied, isDoubted, [.. dice.Select(_ => 0)]);
            string shuffled = EndOf(fills, end, replied, isDoubted, dice);
            Assert.Equal(inTurn, shuffled);
        },
        iter: 2000);

    private static string EndOf(int[] fills, int end, int replied, bool isDoubted, int[] dice)
    {
        Desk desk = Desk.Trading();
        ExecutionReport order = desk.Place(Say.Place(Desk.Alpha, Desk.Toy, "a", Side.Buy, 100, Quantity));
        List<Queue<Action>> sources = SourcesOf(desk, order, fills, end, replied, isDoubted);
        List<Action> said = [];
        foreach (int die in dice)
        {
            Queue<Action>[] open = [.. sources.Where(source => source.Count > 0)];
            if (open.Length == 0)
            {
                break;
            }

            Action next = open[die % open.Length].Dequeue();
            next();
            said.Add(next);
            if (die % 7 == 6)
            {
                // What was said once may be said again at any time.
                said[die % said.Count]();
            }
        }

        Assert.All(sources, Assert.Empty);
        return Text(desk);
    }

    private static List<Queue<Action>> SourcesOf(
        Desk desk, ExecutionReport order, int[] fills, int end, int replied, bool isDoubted)
    {
        int[] sizes = [.. SizesOf(fills)];
        int total = sizes.Sum();
        ExchangeOrderStatus last = total == Quantity ? ExchangeOrderStatus.Filled
            : end == 1 ? ExchangeOrderStatus.Canceled
            : end == 2 ? ExchangeOrderStatus.Expired
            : total > 0 ? ExchangeOrderStatus.PartiallyFilled : ExchangeOrderStatus.New;

        Action Seen(EvidenceSource source, ExchangeOrderStatus status, long cumulative) =>
            () => desk.Send(Say.Seen(in order, source, status, cumulative));
        Action Trade(EvidenceSource source, int index) =>
            () => desk.Send(Say.Trade(in order, source, index + 1, 100 - index, sizes[index]));

        var stream = new Queue<Action>([Seen(EvidenceSource.Stream, ExchangeOrderStatus.New, 0)]);
        int cumulative = 0;
        for (int index = 0; index < sizes.Length; index++)
        {
            cumulative += sizes[index];
            stream.Enqueue(Trade(EvidenceSource.Stream, index));
            ExchangeOrderStatus status =
                cumulative == Quantity ? ExchangeOrderStatus.Filled : ExchangeOrderStatus.PartiallyFilled;
            stream.Enqueue(Seen(EvidenceSource.Stream, status, cumulative));
        }

        stream.Enqueue(Seen(EvidenceSource.Stream, last, total));
        int inReply = Math.Min(replied, sizes.Length);
        int replyTotal = sizes.Take(inReply).Sum();
        var reply =
            new Queue<Action>(Enumerable.Range(0, inReply).Select(i => Trade(EvidenceSource.Reply, i)));
        reply.Enqueue(Seen(
            EvidenceSource.Reply,
            replyTotal == 0 ? ExchangeOrderStatus.New
            : replyTotal == Quantity ? ExchangeOrderStatus.Filled : ExchangeOrderStatus.PartiallyFilled,
            replyTotal));
        var query =
            new Queue<Action>(Enumerable.Range(0, sizes.Length).Select(i => Trade(EvidenceSource.Query, i)));
        query.Enqueue(Seen(EvidenceSource.Query, last, total));
        var doubt = new Queue<Action>(isDoubted ? [() => desk.Send(Say.Unknown(in order))] : []);
        return [stream, reply, query, doubt];
    }

    /// <summary>Sizes that never exceed the order together.</summary>
    private static IEnumerable<int> SizesOf(int[] fills)
    {
        int left = Quantity;
        foreach (int fill in fills.Where(_ => left > 0))
        {
            int size = Math.Min(fill, left);
            left -= size;
            yield return size;
        }
    }

    private static string Text(Desk desk)
    {
        ExecutionReport order = MessageBytes.As<ExecutionReport>(Last(desk, MessageKind.ExecutionReport));
        int live = desk.Engine.View.LiveOrders;
        string text = $"{order.Status} {order.CumulativeQuantity} {order.CumulativeNotional} {live}";
        foreach (BalanceChanged row in desk.Output.Where(said => Is(said, MessageKind.BalanceChanged))
            .Select(said => MessageBytes.As<BalanceChanged>(said))
            .GroupBy(row => row.AssetId.Value)
            .OrderBy(rows => rows.Key)
            .Select(rows => rows.Last()))
        {
            text += $"; {row.AssetId} {row.Free} {row.ReservedAmount}";
        }

        if (desk.Output.Any(said => Is(said, MessageKind.PositionChanged)))
        {
            PositionChanged row = MessageBytes.As<PositionChanged>(Last(desk, MessageKind.PositionChanged));
            text += $"; {row.Quantity} {row.OpenNotional} {row.RealizedPnl}";
        }

        return text;
    }

    private static bool Is(byte[] said, MessageKind kind) => MessageBytes.Header(said).Kind == kind;

    private static byte[] Last(Desk desk, MessageKind kind) => desk.Output.Last(said => Is(said, kind));
}
