namespace Oms.Exchanges.Binance.Budget;

/// <summary>A request before it is sent.</summary>
/// <param name="deadlineMs">The time of the budget after which it is no longer to be sent.</param>
internal sealed class WaitingRequest(RequestClaim claim, long deadlineMs)
{
    private readonly TaskCompletionSource<Admission> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenRegistration _givingUp;
    private CancellationTokenRegistration _withdrawing;

    public RequestClaim Claim => claim;

    public long DeadlineMs => deadlineMs;

    /// <summary>Nobody has answered it, and whoever asked still waits.</summary>
    public bool IsWaiting => !_answer.Task.IsCompleted;

    /// <param name="withdrawn">It is no longer wanted: that is an answer.</param>
    /// <param name="cancellation">Whoever asked gives up.</param>
    public Task<Admission> Wait(CancellationToken withdrawn, CancellationToken cancellation)
    {
        _withdrawing = withdrawn.UnsafeRegister(
            static state => ((WaitingRequest)state!)._answer.TrySetResult(Admission.Refused), this);
        _givingUp = cancellation.UnsafeRegister(
            static (state, token) => ((WaitingRequest)state!)._answer.TrySetCanceled(token), this);
        return _answer.Task;
    }

    public void Answer(in Admission admission)
    {
        _ = _answer.TrySetResult(admission);
        _ = _givingUp.Unregister();
        _ = _withdrawing.Unregister();
    }
}
