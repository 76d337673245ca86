using Grpc.Core;
using Oms.Gateway.Access;
using Oms.Gateway.Commands;

namespace Oms.Gateway.Api;

/// <summary>Runs commands that came in one call, each with an outcome of its own.</summary>
internal sealed class CommandBatches(
    CommandIntake intake,
    CommandRing ring,
    CommandDesk desk,
    PendingReplies replies,
    ContractMapping mapping,
    TimeProvider time)
{
    public async Task<V1.ExecuteBatchResponse> Run(V1.ExecuteBatchRequest request, ServerCallContext context)
    {
        CheckCount(request.Commands.Count);
        Identity caller = AccessInterceptor.CallerOf(context);
        var batch = new CommandBatch();
        var outcomes = new V1.CommandOutcome[request.Commands.Count];
        var waiters = new AwaitedReply?[request.Commands.Count];
        for (int index = 0; index < outcomes.Length; index++)
        {
            var waiter = new AwaitedReply();
            bool isAdded = intake.TryAdd(
                request.Commands[index], caller, batch, waiter, out V1.CommandOutcome outcome);
            outcomes[index] = outcome;
            waiters[index] = isAdded ? waiter : null;
        }

        try
        {
            ring.Offer(batch);
            await AwaitAll(waiters.OfType<AwaitedReply>(), context);
        }
        finally
        {
            foreach (AwaitedReply waiter in waiters.OfType<AwaitedReply>())
            {
                replies.Abandon(waiter);
            }
        }

        for (int index = 0; index < outcomes.Length; index++)
        {
            if (waiters[index] is { } waiter)
            {
                CommandReply? reply = waiter.Newest;
                CommandIntake.Settle(outcomes[index], reply);
                outcomes[index].Order = reply?.Order is { } order ? mapping.Of(order) : null;
            }
        }

        return new() { Outcomes = { outcomes } };
    }

    /// <exception cref="RpcException">So many commands are none, or too many.</exception>
    public static void CheckCount(int count)
    {
        if (count is 0 or > GatewayLimits.CommandsPerMessageMax)
        {
            throw RpcFailures.Invalid("commands", $"holds {count}, not 1 to {GatewayLimits.CommandsPerMessageMax}");
        }
    }

    /// <summary>Returns when all are answered, or when the time is up: what has no answer then is not known.
    /// </summary>
    private async Task AwaitAll(IEnumerable<AwaitedReply> waiters, ServerCallContext context)
    {
        try
        {
            _ = await Task.WhenAll(waiters.Select(waiter => waiter.Reply))
                .WaitAsync(desk.WaitUntil(context.Deadline), time, context.CancellationToken);
        }
        catch (TimeoutException)
        {
            // Each outcome says whether its own answer came.
        }
    }
}
