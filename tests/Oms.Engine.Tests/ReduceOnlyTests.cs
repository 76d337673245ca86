using CsCheck;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.Engine.Tests;

/// <summary>Over random streams of futures that are matched here.</summary>
public sealed class ReduceOnlyTests
{
    private static readonly AccountId[] Accounts = [Desk.Papa, Desk.Quebec, Desk.Romeo];

    [Fact]
    public void An_order_that_may_only_reduce_never_enlarges_or_turns_a_position() => Gen.Select(
        Gen.Int[0, 2], Gen.Bool, Gen.Int[99, 101], Gen.Int[1, 9], Gen.Int[0, 7]).Array[1, 60].Sample(
        steps =>
        {
            Desk desk = Desk.Trading(ordersHeldMax: 100);
            var positions = new Dictionary<AccountId, long>();
            int read = 0;
            foreach ((int who, bool isBuy, long price, long quantity, int kind) in steps)
            {
                Explained.Run(desk, () =>
                {
                    Place(desk, Accounts[who], isBuy ? Side.Buy : Side.Sell, price, quantity, kind);
                    read = Follow(desk, read, positions);
                });
            }

            Audit.Holds(desk.Engine);
        },
        iter: 300);

    private static void Place(Desk desk, AccountId account, Side side, long price, long quantity, int kind)
    {
        PlaceOrder order = Say.Place(account, Desk.PaperPerp, $"o{desk.Inputs.Count}", side, price, quantity);
        OrderTerms terms = order.Terms;
        desk.Send(order with
        {
            Terms = kind switch
            {
                < 2 => terms with { Flags = OrderFlags.ReduceOnly },
                2 => terms with { DisplayQuantity = 1 + (quantity / 3) },
                3 => terms with { DisplayQuantity = 1 + (quantity / 3), Flags = OrderFlags.ReduceOnly },
                4 => terms with { TimeInForce = TimeInForce.FillOrKill },
                _ => terms,
            },
        });
    }

    /// <summary>Every fill is told before the position that it made.</summary>
    private static int Follow(Desk desk, int read, Dictionary<AccountId, long> positions)
    {
        bool isReducing = false;
        for (; read < desk.Output.Count; read++)
        {
            byte[] said = desk.Output[read];
            if (MessageBytes.Header(said).Kind == MessageKind.ExecutionReport)
            {
                ExecutionReport report = MessageBytes.As<ExecutionReport>(said);
                isReducing = report is { ExecutionType: ExecutionType.Trade, Terms.IsReduceOnly: true };
            }
            else if (MessageBytes.Header(said).Kind == MessageKind.PositionChanged)
            {
                PositionChanged now = MessageBytes.As<PositionChanged>(said);
                long before = positions.GetValueOrDefault(now.Header.AccountId);
                bool isSmaller = Math.Abs(now.Quantity) < Math.Abs(before)
                    && Math.Sign(now.Quantity) * Math.Sign(before) >= 0;
                Assert.True(!isReducing || isSmaller, $"{before} became {now.Quantity}");
                positions[now.Header.AccountId] = now.Quantity;
            }
        }

        return read;
    }
}
