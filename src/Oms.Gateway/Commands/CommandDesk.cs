using Oms.Domain.Messages;

namespace Oms.Gateway.Commands;

/// <summary>Hands commands to FastPath and waits for the answers.</summary>
internal sealed class CommandDesk(CommandRing ring, PendingReplies replies, TimeProvider time)
{
    /// <summary>The answer; null when none came in time.</summary>
    public Task<CommandReply?> Send(PlaceOrder order, DateTime deadline, CancellationToken cancellation) =>
        Send(
            correlationId => new(correlationId, order with { CorrelationId = correlationId }, null),
            deadline,
            cancellation);

    /// <inheritdoc cref="Send(PlaceOrder, DateTime, CancellationToken)"/>
    public Task<CommandReply?> Send(CancelOrder cancel, DateTime deadline, CancellationToken cancellation) =>
        Send(
            correlationId => new(correlationId, null, cancel with { CorrelationId = correlationId }),
            deadline,
            cancellation);

    /// <inheritdoc cref="Send(PlaceOrder, DateTime, CancellationToken)"/>
    public Task<CommandReply?> Send(StartTransfer start, DateTime deadline, CancellationToken cancellation) =>
        Send(
            correlationId => new(correlationId, null, null, start with { CorrelationId = correlationId }),
            deadline,
            cancellation);

    private async Task<CommandReply?> Send(
        Func<long, QueuedCommand> command, DateTime deadline, CancellationToken cancellation)
    {
        if (!replies.TryBegin(out long correlationId, out Task<CommandReply> reply))
        {
            return new(CommandFate.BackPressured);
        }

        try
        {
            return ring.TryEnqueue(command(correlationId))
                ? await reply.WaitAsync(WaitUntil(deadline), time, cancellation)
                : new(CommandFate.BackPressured);
        }
        catch (TimeoutException)
        {
            return null;
        }
        finally
        {
            replies.Abandon(correlationId);
        }
    }

    /// <param name="deadline">In UTC; the greatest value where the client set none.</param>
    private TimeSpan WaitUntil(DateTime deadline)
    {
        if (deadline == DateTime.MaxValue)
        {
            return GatewayLimits.ReplyWaitDefault;
        }

        TimeSpan left = deadline - time.GetUtcNow().UtcDateTime - GatewayLimits.ReplyWaitMargin;
        return left < TimeSpan.Zero ? TimeSpan.Zero
            : left > GatewayLimits.ReplyWaitMax ? GatewayLimits.ReplyWaitMax
            : left;
    }
}
