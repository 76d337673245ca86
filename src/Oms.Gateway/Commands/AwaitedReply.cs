namespace Oms.Gateway.Commands;

/// <summary>A call that awaits one answer of those that may come.</summary>
/// <param name="isLast">Whether this answer is the one; null for the first.</param>
internal sealed class AwaitedReply(Func<CommandReply, bool>? isLast = null) : ReplyWaiter
{
    // The pump completes; what follows an answer must not run on its thread.
    private readonly TaskCompletionSource<CommandReply> _source =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private volatile CommandReply? _newest;

    /// <summary>The answer that was waited for.</summary>
    public Task<CommandReply> Reply => _source.Task;

    /// <summary>The newest answer, waited for or not; null when none came.</summary>
    public CommandReply? Newest => _newest;

    public override bool Take(CommandReply reply)
    {
        _newest = reply;
        return (reply.Fate != CommandFate.Answered || isLast is null || isLast(reply))
            && _source.TrySetResult(reply);
    }
}
