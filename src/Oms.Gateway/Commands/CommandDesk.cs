using Oms.Domain.Messages;

namespace Oms.Gateway.Commands;

/// <summary>Hands commands to FastPath and waits for the answers.</summary>
internal sealed class CommandDesk(CommandRing ring, PendingReplies replies, TimeProvider time)
{
    /// <summary>The answer; null when none came in time.</summary>
    /// <param name="command">Makes the command that carries a number.</param>
    /// <param name="deadline">In UTC; the greatest value where the client set none.</param>
    public Task<CommandReply?> Send<TCommand>(
        Func<long, TCommand> command, DateTime deadline, CancellationToken cancellation)
        where TCommand : unmanaged, IMessage => Send(command, new(), deadline, cancellation);

    /// <inheritdoc cref="Send{TCommand}(Func{long, TCommand}, DateTime, CancellationToken)"/>
    /// <param name="waiter">Which of the answers is waited for.</param>
    public async Task<CommandReply?> Send<TCommand>(
        Func<long, TCommand> command,
        AwaitedReply waiter,
        DateTime deadline,
        CancellationToken cancellation)
        where TCommand : unmanaged, IMessage
    {
        if (!replies.TryBegin(waiter))
        {
            return new(CommandFate.BackPressured);
        }

        try
        {
            TCommand numbered = command(waiter.CorrelationId);
            CommandFate fate = ring.Offer(in numbered);
            return fate == CommandFate.Answered
                ? await waiter.Reply.WaitAsync(WaitUntil(deadline), time, cancellation)
                : new(fate);
        }
        catch (TimeoutException)
        {
            return null;
        }
        finally
        {
            replies.Abandon(waiter);
        }
    }

    /// <summary>How long an answer is waited for.</summary>
    /// <param name="deadline">In UTC; the greatest value where the client set none.</param>
    public TimeSpan WaitUntil(DateTime deadline)
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
