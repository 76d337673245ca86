using System.Runtime.InteropServices;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Engine;
using Oms.Simulation.World;

namespace Oms.Simulation.Checks;

/// <summary>
/// Invariant 8. Without all that is about one owner, the other accounts come to the same state: the log's inputs are
/// played again without them, with the numbers that the engine gives away translated.
/// </summary>
internal sealed class AccountIsolation
{
    private const string Name = "8 account isolation";

    private readonly string _without;
    private readonly List<string> _broken = [];

    private AccountIsolation(string without) => _without = without;

    /// <param name="without">
    /// The owner whose accounts are left out; <c>inside</c> for all that are matched inside.
    /// </param>
    public static void Check(IReadOnlyList<byte[]> inputs, string without) =>
        new AccountIsolation(without).Compare(inputs, static (_, _) => { });

    /// <param name="disturb">Is shown the other engine before each input: a test that this can fail.</param>
    public static void Check(IReadOnlyList<byte[]> inputs, string without, Action<Engine.Engine, byte[]> disturb) =>
        new AccountIsolation(without).Compare(inputs, disturb);

    private void Compare(IReadOnlyList<byte[]> inputs, Action<Engine.Engine, byte[]> disturb)
    {
        var whole = new Engine.Engine(EngineCapacity.None);
        var part = new Engine.Engine(EngineCapacity.None);
        var numbersOfWhole = new GivenNumbers();
        var numbersOfPart = new GivenNumbers();
        foreach (byte[] input in inputs)
        {
            AccountId account = MessageBytes.Header(input).AccountId;
            bool isLeftOut = !account.IsNone
                && Venue.PartOf(account) == _without
                && MessageBytes.Header(input).Kind is not (MessageKind.AccountDefined or MessageKind.LimitsDefined);
            disturb(part, input);
            // Time goes on all the same.
            byte[] other = isLeftOut
                ? TickAt(MessageBytes.Header(input).UnixNanos)
                : Translated(input, account, numbersOfWhole, numbersOfPart);
            numbersOfPart.Note(part.Apply(other).Messages);

            numbersOfWhole.Note(whole.Apply(input).Messages);
        }

        Violation.If(_broken.Count > 0, Name, _broken.FirstOrDefault() ?? "");
        foreach (AccountId account in whole.State.Accounts.Select(each => each.Id)
            .Where(each => Venue.PartOf(each) != _without))
        {
            string before = AccountProjection.Of(whole.State, account);
            string after = AccountProjection.Of(part.State, account);
            Violation.If(
                before != after,
                Name,
                $"without {_without}, {Venue.NameOf(account)} has {AccountProjection.Difference(before, after)}");
        }
    }

    private static byte[] TickAt(long unixNanos) => Bytes.Of(new Tick
    {
        Header = MessageHeader.For<Tick>() with { UnixNanos = unixNanos },
    });

    private byte[] Translated(byte[] input, AccountId account, GivenNumbers from, GivenNumbers to)
    {
        byte[] copy = [.. input];
        foreach (int offset in OrderIdOffsets(MessageBytes.Header(copy).Kind))
        {
            Translate(copy, offset, from.OrdersOf(account), to.OrdersOf(account));
        }

        if (MessageBytes.Header(copy).Kind is MessageKind.TransferSeen or MessageKind.TransferRefused
            or MessageKind.TransferOutcomeUnknown or MessageKind.TransferAbsent)
        {
            Translate(copy, 32, from.TransfersOf(account), to.TransfersOf(account));
        }
        else if (MessageBytes.Header(copy).Kind is MessageKind.EvidenceBegin or MessageKind.EvidenceEnd)
        {
            Translate(copy, 32, from.RoundsOf(account), to.RoundsOf(account));
        }
        else if (MessageBytes.Header(copy).Kind is MessageKind.BalanceSeen or MessageKind.PositionSeen)
        {
            Translate(copy, 56, from.RoundsOf(account), to.RoundsOf(account));
        }

        return copy;
    }

    /// <summary>The so-manieth number of an account there is the so-manieth here.</summary>
    private void Translate(byte[] message, int offset, List<long> from, List<long> to)
    {
        Span<long> place = MemoryMarshal.Cast<byte, long>(message.AsSpan(offset, sizeof(long)));
        int index = place[0] == 0 ? -1 : from.IndexOf(place[0]);
        if (index >= to.Count)
        {
            _broken.Add($"without {_without}, number {place[0]} is not given away");
        }
        else if (index >= 0)
        {
            place[0] = to[index];
        }
    }

    private static int[] OrderIdOffsets(MessageKind kind) => kind switch
    {
        MessageKind.CancelOrder or MessageKind.AmendOrder => [72],
        MessageKind.ReplaceOrder => [104],
        MessageKind.ChangeHalt => [40],
        MessageKind.OrderSeen or MessageKind.TradeSeen or MessageKind.OrderRefused or MessageKind.OrderOutcomeUnknown
            or MessageKind.OrderAbsent or MessageKind.CancelRefused or MessageKind.AmendRefused => [32],
        _ => [],
    };
}
