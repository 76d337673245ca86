namespace Oms.Exchanges.Binance.Budget;

/// <summary>A request before it is sent.</summary>
/// <param name="deadlineMs">The time of the budget after which it is no longer to be sent.</param>
/// <param name="seat">How it may leave with others; null where it leaves alone.</param>
internal sealed class WaitingRequest(RequestClaim claim, long deadlineMs, BatchSeat? seat)
{
    private readonly TaskCompletionSource<Admission> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenRegistration _givingUp;
    private CancellationTokenRegistration _withdrawing;
    private int _isDecided;

    public RequestClaim Claim => claim;

    public long DeadlineMs => deadlineMs;

    public BatchSeat? Seat => seat;

    /// <summary>Nobody has decided on it, and whoever asked still waits.</summary>
    public bool IsWaiting => Volatile.Read(ref _isDecided) == 0;

    /// <param name="withdrawn">It is no longer wanted: that is an answer.</param>
    /// <param name="cancellation">Whoever asked gives up.</param>
    public Task<Admission> Wait(CancellationToken withdrawn, CancellationToken cancellation)
    {
        _withdrawing = withdrawn.UnsafeRegister(
            static state => ((WaitingRequest)state!).Withdraw(), this);
        _givingUp = cancellation.UnsafeRegister(
            static (state, token) => ((WaitingRequest)state!).GiveUp(token), this);
        return _answer.Task;
    }

    /// <summary>True for the one who may answer it: it can no more be withdrawn.</summary>
    public bool TryDecide() => Interlocked.Exchange(ref _isDecided, 1) == 0;

    /// <summary>By who decided.</summary>
    public void Answer(in Admission admission)
    {
        _ = _answer.TrySetResult(admission);
        _ = _givingUp.Unregister();
        _ = _withdrawing.Unregister();
    }

    private void Withdraw()
    {
        if (TryDecide())
        {
            _ = _answer.TrySetResult(Admission.Refused);
        }
    }

    private void GiveUp(CancellationToken token)
    {
        if (TryDecide())
        {
            _ = _answer.TrySetCanceled(token);
        }
    }
}
