using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Exchanges;

namespace Oms.Connectors;

/// <summary>
/// The cancels of the halt of a whole account, listing by listing: those that the ring thread takes in one turn leave
/// as one request for everything that works there. Of what the exchange does not tell by its answer, and the stream not
/// soon after, the exchange is asked what is open still, and that is canceled one by one; so is all where nothing is
/// known of the request.
/// <code>
///  cancel ──► gathered ──end of turn──► one: alone
///                                       more: all of the listing ──► told ──► state of the order
///                                                                     │  └──► not told: stream, or once asked for
///                                                                     │         all: gone, or still open: alone
///                                                                     └─────► refused, unknown: alone
/// </code>
/// </summary>
/// <param name="arrivalMax">What was sent longer ago can no more arrive.</param>
internal sealed class HaltSweeps(
    AccountName name,
    IExchangeAccount exchange,
    Func<SubmitCancel, CancellationToken, Task> cancelAlone,
    Func<SubmitCancel, Outcome<OrderSeen>, CancellationToken, Task> tell,
    StreamWatch streams,
    TimeSpan arrivalMax,
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
        if (cancel.Halt != CancelHalt.EndsAll || cancel.ExchangeOrderId == 0
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
    /// Completes when what is on its way to cancel everything can cancel nothing more, answered or not: an order that
    /// is to reduce a halted account's position is not to be among it.
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
            if (outcome is not Outcome<ImmutableArray<OrderSeen>>.Unknown)
            {
                Release(sweep);
            }
        }

        switch (outcome)
        {
            case Outcome<ImmutableArray<OrderSeen>>.Accepted accepted:
                Log.AllCanceled(logger, name, sweep.Cancels[0].InstrumentId, sweep.Cancels.Count);
                await Confirm(sweep.Cancels, accepted, cancellation);
                break;
            case Outcome<ImmutableArray<OrderSeen>>.Unknown unknown:
                await Task.WhenAll(
                    CancelAlone(sweep.Cancels, cancellation), ReleaseLate(sweep, unknown.Times.Sent, cancellation));
                break;
            default:
                await CancelAlone(sweep.Cancels, cancellation);
                break;
        }
    }

    private void Release(Sweep sweep)
    {
        _ = _open.TryRemove(sweep, out _);
        _ = sweep.Sent.TrySetResult();
    }

    /// <summary>When what was sent and not answered can no more arrive.</summary>
    /// <param name="sent">When (monotonic).</param>
    private async Task ReleaseLate(Sweep sweep, long sent, CancellationToken cancellation)
    {
        try
        {
            TimeSpan left = arrivalMax - time.GetElapsedTime(sent);
            if (left > TimeSpan.Zero)
            {
                await Task.Delay(left, time, cancellation);
            }
        }
        finally
        {
            Release(sweep);
        }
    }

    private Task CancelAlone(IEnumerable<SubmitCancel> cancels, CancellationToken cancellation) =>
        Task.WhenAll(cancels.Select(cancel => cancelAlone(cancel, cancellation)));

    private Task Confirm(
        List<SubmitCancel> cancels, Outcome<ImmutableArray<OrderSeen>>.Accepted accepted,
        CancellationToken cancellation)
    {
        var told = accepted.Reply.ToLookup(order => order.OrderId);
        return Task.WhenAll(
        [
            .. cancels.Where(cancel => told.Contains(cancel.OrderId)).Select(cancel => tell(
                cancel, new Outcome<OrderSeen>.Accepted(told[cancel.OrderId].First(), accepted.Times), cancellation)),
            AwaitWord([.. cancels.Where(cancel => !told.Contains(cancel.OrderId))], cancellation),
        ]);
    }

    private async Task AwaitWord(List<SubmitCancel> silent, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(ConnectorLimits.HaltWordAgeMax, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        try
        {
            // Taken before the look: what ends in between is not missed.
            Task nextEnd = streams.NextEnd;
            while (AreSilentStill(silent))
            {
                await nextEnd.WaitAsync(either.Token);
                nextEnd = streams.NextEnd;
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The stream has had its time.
        }

        if (AreSilentStill(silent))
        {
            await EndSilent(silent, cancellation);
        }
    }

    /// <summary>Leaves those of which the stream has not said that they ended.</summary>
    private bool AreSilentStill(List<SubmitCancel> silent)
    {
        _ = silent.RemoveAll(cancel => streams.HasEnded(in cancel));
        return silent.Count > 0;
    }

    /// <summary>
    /// Cancels what is open still. What is not is told as gone, as its cancel would be: one question costs less than
    /// all of these.
    /// </summary>
    private async Task EndSilent(List<SubmitCancel> silent, CancellationToken cancellation)
    {
        if (silent.Count <= 1 || await QueryOpen(cancellation) is not { } open)
        {
            await CancelAlone(silent, cancellation);
            return;
        }

        // By the exchange's numbers: those that are not ours have no other.
        var working = open.Reply.Select(order => (order.InstrumentId, order.ExchangeOrderId)).ToHashSet();
        await Task.WhenAll(silent.Select(cancel => working.Contains((cancel.InstrumentId, cancel.ExchangeOrderId))
            ? cancelAlone(cancel, cancellation)
            : tell(
                cancel,
                new Outcome<OrderSeen>.Refused(
                    RejectReason.ExchangeOrderUnknown, 0, "not among the open orders", open.Times),
                cancellation)));
    }

    /// <summary>Null where the exchange does not say in time: a halt does not wait for it.</summary>
    private async Task<Outcome<ImmutableArray<OrderSeen>>.Accepted?> QueryOpen(CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(ConnectorLimits.HaltQuestionMax, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            return await exchange.QueryOpenOrders(either.Token) as Outcome<ImmutableArray<OrderSeen>>.Accepted;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    private sealed class Sweep
    {
        public List<SubmitCancel> Cancels { get; } = [];

        public TaskCompletionSource Sent { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
