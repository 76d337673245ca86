using System.Collections.Frozen;
using Grpc.Core;
using Oms.Domain.Configuration;
using Oms.Domain.Ids;
using Oms.Gateway.Events;
using Oms.Gateway.Listings;
using Oms.Journal;

namespace Oms.Gateway.Api;

/// <summary>
/// Streams executions without gap or repeat: what is past comes from the log, and what is new from the event
/// pump, joined at the one event behind which the subscription began.
/// </summary>
internal sealed class ExecutionStreams(
    GatewayViews views,
    ListingNames names,
    ContractMapping mapping,
    DataFolder data,
    IHostApplicationLifetime lifetime,
    TimeProvider time)
{
    private static readonly TimeSpan LogPollInterval = TimeSpan.FromMilliseconds(1);

    public async Task Run(
        V1.StreamExecutionsRequest request,
        IServerStreamWriter<V1.StreamExecutionsResponse> stream,
        ServerCallContext context)
    {
        // Read before the accounts' last sequences: nothing behind those is before this event.
        long fromLogSequence = views.Executions.LastLogSequence;
        FrozenDictionary<AccountId, long> after = Starts(request, context, ref fromLogSequence);
        await context.WriteResponseHeadersAsync([]);
        var subscription = new ExecutionSubscription([.. after.Keys], GatewayLimits.ExecutionsQueuedMax);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(
            context.CancellationToken, lifetime.ApplicationStopping);
        try
        {
            var writer = new ExecutionWriter(stream, subscription, context.GetHttpContext().Abort, time);
            await RunSubscribed(writer, after, fromLogSequence, stopping.Token);
        }
        catch (LogTruncatedException)
        {
            // Removed while the gateway ran, or just now.
            throw RpcFailures.SequenceTooOld();
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw RpcFailures.Stopping();
        }
        finally
        {
            views.Executions.Unsubscribe(subscription);
        }
    }

    private async Task RunSubscribed(
        ExecutionWriter writer,
        FrozenDictionary<AccountId, long> after,
        long fromLogSequence,
        CancellationToken cancellation)
    {
        using (var replay = new ExecutionReplay(data.Log, views.Orders, after, fromLogSequence))
        {
            // The long way first, so that little queues up behind the subscription.
            while (replay.TryRead(views.Executions.LastLogSequence, out ExecutionUpdate? past))
            {
                await writer.Write(mapping.Of(past), cancellation);
            }

            if (!views.Executions.TrySubscribe(writer.Subscription, out long joinLogSequence))
            {
                throw RpcFailures.TooManyStreams();
            }

            while (replay.LastLogSequence < joinLogSequence)
            {
                if (replay.TryRead(joinLogSequence, out ExecutionUpdate? past))
                {
                    await writer.Write(mapping.Of(past), cancellation);
                }
                else if (replay.LastLogSequence < joinLogSequence)
                {
                    await Task.Delay(LogPollInterval, time, cancellation);
                }
            }
        }

        await foreach (ExecutionUpdate update in writer.Subscription.Updates.ReadAllAsync(cancellation))
        {
            if (update.AccountSequence > after[update.AccountId])
            {
                await writer.Write(mapping.Of(update), cancellation);
            }
        }

        throw RpcFailures.TooSlow();
    }

    private FrozenDictionary<AccountId, long> Starts(
        V1.StreamExecutionsRequest request, ServerCallContext context, ref long fromLogSequence)
    {
        if (request.Starts.Count == 0)
        {
            return AccountFilter.Readable(context, names, "")
                .ToFrozenDictionary(account => account, views.Sequences.LastOf);
        }

        var starts = new Dictionary<AccountId, long>();
        foreach (V1.ExecutionStart start in request.Starts)
        {
            AccountId account = AccountFilter.Known(names, start.Account).Id;
            long last = views.Sequences.LastOf(account);
            long after = start.HasAfterSequence ? start.AfterSequence : last;
            if (after < 0 || after > last)
            {
                throw RpcFailures.SequenceOutOfRange(start.Account, last);
            }

            if (after < views.Sequences.FirstOf(account) - 1)
            {
                throw RpcFailures.SequenceTooOld(start.Account, views.Sequences.FirstOf(account));
            }

            if (!starts.TryAdd(account, after))
            {
                throw RpcFailures.Invalid("starts", $"names {start.Account} twice");
            }

            if (after < last)
            {
                fromLogSequence = Math.Min(
                    fromLogSequence, views.Sequences.LogSequenceBefore(account, after));
            }
        }

        return starts.ToFrozenDictionary();
    }
}
