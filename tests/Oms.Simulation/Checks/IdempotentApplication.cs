using System.Runtime.InteropServices;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Simulation.World;

namespace Oms.Simulation.Checks;

/// <summary>
/// Invariant 4. Evidence that comes again, in whatever order, changes nothing; and an order that has ended never lives
/// again.
/// </summary>
internal sealed class IdempotentApplication
{
    private const string Name = "4 idempotent application";

    private readonly Dictionary<OrderId, OrderStatus> _last = [];

    public void Hear(in ExecutionReport report)
    {
        bool isReopened = _last.TryGetValue(report.OrderId, out OrderStatus before)
            && OrderLifecycle.IsFinal(before)
            && !OrderLifecycle.IsFinal(report.Status);
        Violation.If(isReopened, Name, $"order {report.OrderId} was {before} and is {report.Status}");
        _last[report.OrderId] = report.Status;
    }

    /// <param name="engine">Which took in all that the exchange said.</param>
    /// <param name="inputs">All of them; what the exchange said of orders is said again.</param>
    public static void CheckEnd(Engine.Engine engine, IEnumerable<byte[]> inputs, Dice dice)
    {
        byte[][] evidence = [.. inputs.Where(input => MessageBytes.Header(input).Kind is MessageKind.OrderSeen
            or MessageKind.TradeSeen or MessageKind.OrderRefused or MessageKind.OrderOutcomeUnknown
            or MessageKind.OrderAbsent or MessageKind.FundingSeen or MessageKind.TransferSeen
            or MessageKind.TransferRefused or MessageKind.TransferOutcomeUnknown or MessageKind.TransferAbsent)];
        long now = inputs.Max(input => MessageBytes.Header(input).UnixNanos);
        Engine.Engine again = Copy(engine);
        string before = AccountProjection.OfAll(again.State);
        dice.Shuffle(evidence);
        foreach (byte[] said in evidence)
        {
            byte[] input = [.. said];
            ref MessageHeader header = ref MemoryMarshal.AsRef<MessageHeader>(input.AsSpan());
            header = header with { UnixNanos = now };
            _ = again.Apply(input);
        }

        string after = AccountProjection.OfAll(again.State);
        Violation.If(
            before != after, Name, $"evidence said again changes {AccountProjection.Difference(before, after)}");
    }

    public static Engine.Engine Copy(Engine.Engine engine)
    {
        using var saved = new MemoryStream();
        engine.Save(saved);
        saved.Position = 0;
        return Engine.Engine.Load(saved);
    }
}
