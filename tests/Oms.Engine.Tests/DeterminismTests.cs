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
    public void The_same_inputs_give_the_same_bytes_and_the_same_state() => LedgerTests.Days.Sample(
        steps =>
        {
            Desk desk = LedgerTests.OpenDesk();
            Play(desk, steps, out _);
            var again =
                new Engine(new EngineCapacity(8, 8, 8, 1000, 4096) { BalancesMax = 256, PositionsMax = 64 });
            List<byte> bytes = [];
            foreach (byte[] input in desk.Inputs)
            {
                bytes.AddRange(again.Apply(input).Messages);
            }

            Assert.Equal(desk.AllBytes, bytes.ToArray());
            Assert.Equal(desk.Engine.View.StateHash(), again.View.StateHash());
        },
        iter: 100);

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
        });
        IsNew();
    }

    [Fact]
    public void Events_of_an_account_do_not_depend_on_other_accounts() =>
        Gen.Select(LedgerTests.Days, LedgerTests.Days)
        .Sample(
            (steps, otherSteps) =>
            {
                // Bravo's inputs are other ones, or none, and come elsewhere between Alpha's.
                (int, int, int, int, int)[] alone = [.. steps.Where(step => step.Account == 0)];
                (int, int, int, int, int)[] mixed =
                [
                    .. otherSteps.Where(step => step.Account == 1).Concat(alone.Take(alone.Length / 2)),
                    .. steps.Where(step => step.Account == 1).Concat(alone.Skip(alone.Length / 2)),
                ];
                Play(LedgerTests.OpenDesk(), alone, out List<string> eventsAlone);
                Play(LedgerTests.OpenDesk(), mixed, out List<string> eventsMixed);
                Assert.Equal(eventsAlone, eventsMixed);
            },
            iter: 100);

    private static void Play(
        Desk desk,
        (int Account, int Verb, int First, int Second, int Third)[] steps,
        out List<string> alphasEvents)
    {
        AccountDay[] days = [LedgerTests.Open(desk, Desk.Alpha), LedgerTests.Open(desk, Desk.Bravo)];
        foreach ((int account, int verb, int first, int second, int third) in steps)
        {
            days[account].Step(verb, first, second, third);
        }

        alphasEvents = [.. desk.Output.Where(IsEventOfAlpha).Select(WithoutSharedNumbers)];
    }

    private static bool IsEventOfAlpha(byte[] said) =>
        MessageBytes.Header(
            said).AccountId == Desk.Alpha && MessageKinds.IsEvent(MessageBytes.Header(said).Kind);

    /// <summary>
    /// Numbers that count over all accounts, and the test's own client ids made from them, are left out.
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
        _ => Text(MessageBytes.As<AccountGateChanged>(said) with { Header = Shared(said) }),
    };

    private static MessageHeader Shared(byte[] said) => MessageBytes.Header(said) with { LogSequence = 0 };

    private static string Text<TMessage>(TMessage message)
        where TMessage : unmanaged, IMessage => Convert.ToHexString(MessageBytes.Of(in message));
}
