using System.Collections.Immutable;
using Oms.Domain.Messages;
using Oms.Grains;
using Oms.Grains.Risk;
using Oms.Silo.Feed;
using Oms.Silo.Text;

namespace Oms.Silo.Grains;

/// <summary>Every change of limits and halts at the grain that keeps the policy.</summary>
internal sealed class PolicyDelivery(IGrainFactory grains, EventNames names, PolicyUpdates updates) : ILogSink
{
    public string Name => "policy";

    public long Held { get; private set; }

    public async Task<long> ResumeAsync(CancellationToken cancellation)
    {
        Held = await Grain().GetLastLogSequence().WaitAsync(cancellation);
        return Held;
    }

    public async Task DeliverAsync(
        IReadOnlyList<byte[]> events, long lastLogSequence, CancellationToken cancellation)
    {
        PolicyBatch batch = BatchOf(events, lastLogSequence);
        if (batch.Halts.IsEmpty && batch.Limits.IsEmpty)
        {
            return;
        }

        BatchReceipt receipt = await Grain().Apply(batch).WaitAsync(cancellation);
        if (receipt.NextSequence <= lastLogSequence)
        {
            throw new SinkBehindException("the policy", receipt.NextSequence);
        }

        Held = lastLogSequence;
    }

    private PolicyBatch BatchOf(IReadOnlyList<byte[]> events, long lastLogSequence)
    {
        var halts = ImmutableArray.CreateBuilder<HaltUpdate>();
        var limits = ImmutableArray.CreateBuilder<LimitsConfirmed>();
        foreach (byte[] message in events)
        {
            MessageHeader header = MessageBytes.Header(message);
            if (header.LogSequence <= Held)
            {
                continue;
            }

            if (header.Kind == MessageKind.HaltChanged)
            {
                halts.Add(PolicyUpdates.Of(in MessageBytes.As<HaltChanged>(message), header.LogSequence, names));
            }
            else if (header.Kind == MessageKind.LimitsChanged
                && updates.Of(in MessageBytes.As<LimitsChanged>(message)) is { } confirmed)
            {
                limits.Add(confirmed);
            }
        }

        return new()
        {
            FirstLogSequence = Held + 1,
            LastLogSequence = lastLogSequence,
            Halts = halts.DrainToImmutable(),
            Limits = limits.DrainToImmutable(),
        };
    }

    private IRiskPolicyGrain Grain() => grains.GetGrain<IRiskPolicyGrain>(IRiskPolicyGrain.Key);
}
