using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Exchanges;

namespace Oms.Connectors;

/// <summary>
/// The cancels of the halt of a whole account, listing by listing: those that the ring thread takes in one turn leave
/// as one request for everything that works there. What the exchange does not tell by its answer, and the stream not
/// soon after, is canceled one by one, and so is all where nothing is known of the request.
/// <code>
///  cancel ──► gathered ──end of turn──► one: alone
///                                       more: all of the listing ──► told ──► state of the order
///                                                                     │  └──► not told: stream, or alone
///                                                                     └─────► refused, unknown: alone
/// </code>
/// </summary>
internal sealed class HaltSweeps(
    AccountName name,
    IExchangeAccount exchange,
    Func<SubmitCancel, CancellationToken, Task> cancelAlone,
    Func<SubmitCancel, Outcome<OrderSeen>, CancellationToken, Task> tell,
    StreamWatch streams,
    InFlightWork work,
    TimeProvider time,
    ILogger logger)
{
    // By the ring thread alone.
    private readonly Dictionary<InstrumentId, Sweep> _gathered = [];

    private readonly ConcurrentDictionary<Sweep, bool> _open = new();

    public bool HasGathered => _gathered.Count > 0;

    /// <summary>
    /// On the ring thread. False for what is to be canceled alone: an order that is not shown yet is one.
    /// </summary>
    public bool TryGather(in SubmitCancel cancel)
    {
        if (cancel.IsHalt != CancelHalt.EndsAll || cancel.ExchangeOrderId == 0
            || !exchange.CapabilitiesOf(cancel.InstrumentId).CancelsAll)
        {
            return false;
        }

        if (!_gathered.TryGetValue(cancel.InstrumentId, out Sweep? sweep))
        {
            sweep = new();
            _gathered.Add(cancel.InstrumentId, sweep);
            _open[sweep] = true;
        }

        sweep.Cancels.Add(cancel);
        return true;
    }

    /// <summary>On the ring thread, at the end of its turn. False when there is no room for all of it now.</summary>
    public bool TrySend()
    {
        foreach ((InstrumentId instrument, Sweep sweep) in _gathered.ToArray())
        {
            if (!work.TryStartCancel(stop => Run(sweep, stop)))
            {
                return false;
            }

            _ = _gathered.Remove(instrument);
        }

        return true;
    }

    /// <summary>
    /// Completes when what is on its way to cancel everything can cancel nothing more: an order that is to reduce a
    /// halted account's position is not to be among it.
    /// </summary>
    public Task WhenSent() => _open.IsEmpty
        ? Task.CompletedTask
        : Task.WhenAll(_open.Keys.Select(sweep => sweep.Sent.Task));

    private async Task Run(Sweep sweep, CancellationToken cancellation)
    {
        Outcome<ImmutableArray<OrderSeen>>? outcome = null;
        try
        {
            outcome = sweep.Cancels.Count > 1
                ? await exchange.CancelAll([.. sweep.Cancels], cancellation)
                : null;
        }
        finally
        {
            _ = _open.TryRemove(sweep, out _);
            sweep.Sent.SetResult();
        }

        if (outcome is Outcome<ImmutableArray<OrderSeen>>.Accepted accepted)
        {
            Log.AllCanceled(logger, name, sweep.Cancels[0].InstrumentId, sweep.Cancels.Count);
            await Task.WhenAll(sweep.Cancels.Select(cancel => Confirm(cancel, accepted, cancellation)));
        }
        else
        {
            await Task.WhenAll(sweep.Cancels.Select(cancel => cancelAlone(cancel, cancellation)));
        }
    }

    private async Task Confirm(
        SubmitCancel cancel, Outcome<ImmutableArray<OrderSeen>>.Accepted accepted, CancellationToken cancellation)
    {
        foreach (OrderSeen told in accepted.Reply)
        {
            if (told.OrderId == cancel.OrderId)
            {
                await tell(cancel, new Outcome<OrderSeen>.Accepted(told, accepted.Times), cancellation);
                return;
            }
        }

        long asked = time.GetTimestamp();
        while (!streams.HasEnded(in cancel))
        {
            if (time.GetElapsedTime(asked) > ConnectorLimits.HaltWordAgeMax)
            {
                await cancelAlone(cancel, cancellation);
                return;
            }

            await Task.Delay(ConnectorLimits.HaltLookInterval, time, cancellation);
        }
    }

    private sealed class Sweep
    {
        public List<SubmitCancel> Cancels { get; } = [];

        public TaskCompletionSource Sent { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
