using CsCheck;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.Engine.Tests;

/// <summary>
/// The same inputs give the same bytes; what belongs to one account depends on that account alone.
/// </summary>
public sealed class DeterminismTests
{
    [Fact]
    public void Every_input_that_changes_what_follows_changes_the_hash()
    {
        Desk desk = Desk.Trading();
        HashSet<ulong> hashes = [desk.Engine.View.StateHash()];
        void IsNew() => Assert.True(hashes.Add(desk.Engine.View.StateHash()));

        ExecutionReport order = desk.Place(Say.Place(Desk.Alpha, Desk.Toy, "a", Side.Buy, 100, 10));
        IsNew();
        desk.Send(Say.Trade(in order, EvidenceSource.Stream, 1, 100, 10));
        IsNew();
        desk.Top(Desk.Toy, 101, 102);
        IsNew();
        desk.Send(Desk.Filters(Desk.Toy, tradable: 0));
        IsNew();
        desk.StartSession(2);
        IsNew();
        desk.Send(new RiskLimits
        {
            Header = MessageHeader.For<RiskLimits>(),
            OrderNotionalMax = 1,
            PriceCollarBasisPoints = 1,
            OpenOrdersPerAccountMax = 1,
            CommandAgeMaxNanos = 1,
            ReferencePriceAgeMaxNanos = 1,
            ValuationAssetId = Desk.Usdt,
        });
        IsNew();
    }

    /// <summary>
    /// Alpha's own day, with what the world does, is played alone, and with a day of Bravo in between.
    /// </summary>
    [Fact]
    public void Events_of_an_account_do_not_depend_on_other_accounts() => Gen.Select(
        RandomDay.Steps(60), RandomDay.Steps(60), Gen.Int[0, 3].Array[120]).Sample(
        (steps, otherSteps, turns) =>
        {
            string[] alone = EventsOfAlpha(steps, [], turns);
            string[] among = EventsOfAlpha(steps, otherSteps, turns);
            Assert.Equal(alone, among);
        },
        iter: 200);

    private static string[] EventsOfAlpha(
        (int, int, int, int, int)[] steps, (int, int, int, int, int)[] otherSteps, int[] turns)
    {
        Desk desk = RandomDay.Open();
        var alpha = new RandomDay(desk, [Desk.Alpha], isAlone: true);
        var bravo = new RandomDay(desk, [Desk.Bravo], isAlone: true);
        var world = new RandomDay(desk, [Desk.Delta]);
        var others = new Queue<(int, int, int, int, int)>(otherSteps);
        for (int index = 0; index < steps.Length; index++)
        {
            for (int turn = 0; turn < turns[index] && others.TryDequeue(out (int, int, int, int, int) other); turn++)
            {
                bravo.Step(other);
            }

            (int verb, _, _, _, _) = steps[index];
            (verb is (>= 74 and < 84) or >= 97 ? world : alpha).Step(steps[index]);
        }

        return [.. desk.Output.Where(IsEventOfAlpha).Select(WithoutSharedNumbers)];
    }

    private static bool IsEventOfAlpha(byte[] said) =>
        MessageBytes.Header(
            said).AccountId == Desk.Alpha && MessageKinds.IsEvent(MessageBytes.Header(said).Kind);

    /// <summary>
    /// Numbers that count over all accounts, and the engine's own client ids made from them, are left out.
    /// </summary>
    private static string WithoutSharedNumbers(byte[] said) => MessageBytes.Header(said).Kind switch
    {
        MessageKind.ExecutionReport => Text(MessageBytes.As<ExecutionReport>(said) with
        {
            OrderId = OrderId.None,
            ExchangeOrderId = 0,
            ClientOrderId = default,
            Header = Shared(said),
        }),
        MessageKind.BalanceChanged => Text(
            MessageBytes.As<BalanceChanged>(said) with { OrderId = OrderId.None, Header = Shared(said) }),
        MessageKind.PositionChanged => Text(
            MessageBytes.As<PositionChanged>(said) with { Header = Shared(said) }),
        MessageKind.CancelRejected => Text(MessageBytes.As<CancelRejected>(said) with
        {
            OrderId = OrderId.None,
            ClientOrderId = default,
            Header = Shared(said),
        }),
        MessageKind.AccountGateChanged => Text(
            MessageBytes.As<AccountGateChanged>(said) with { Header = Shared(said) }),
        MessageKind.HaltChanged => Text(MessageBytes.As<HaltChanged>(said) with { Header = Shared(said) }),
        MessageKind.DifferenceFound => Text(
            MessageBytes.As<DifferenceFound>(said) with { Header = Shared(said) }),
        MessageKind.CancelOrdersReport => Text(
            MessageBytes.As<CancelOrdersReport>(said) with { Header = Shared(said) }),
        var kind => throw new FormatException(kind.ToString()),
    };

    private static MessageHeader Shared(byte[] said) => MessageBytes.Header(said) with { LogSequence = 0 };

    private static string Text<TMessage>(TMessage message)
        where TMessage : unmanaged, IMessage => Convert.ToHexString(MessageBytes.Of(in message));
}
