namespace Oms.Exchanges.Binance.Budget;

/// <summary>A request before it is sent.</summary>
/// <param name="deadlineMs">The time of the budget after which it is no longer to be sent.</param>
/// <param name="seat">How it may leave with others; null where it leaves alone.</param>
internal sealed class WaitingRequest(RequestClaim claim, long deadlineMs, BatchSeat? seat)
{
    private readonly TaskCompletionSource<Admission> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isDecided;

    public RequestClaim Claim => claim;

    public long DeadlineMs => deadlineMs;

    public BatchSeat? Seat => seat;

    /// <summary>Nobody has decided on it, and whoever asked still waits.</summary>
    public bool IsWaiting => Volatile.Read(ref _isDecided) == 0;

    /// <summary>When it is answered, however soon, nothing of it stays with the tokens: they live longer.</summary>
    /// <param name="withdrawn">It is no longer wanted: that is an answer.</param>
    /// <param name="cancellation">Whoever asked gives up.</param>
    public async Task<Admission> Wait(CancellationToken withdrawn, CancellationToken cancellation)
    {
        using CancellationTokenRegistration withdrawing = withdrawn.UnsafeRegister(
            static state => ((WaitingRequest)state!).Withdraw(), this);
        using CancellationTokenRegistration givingUp = cancellation.UnsafeRegister(
            static (state, token) => ((WaitingRequest)state!).GiveUp(token), this);
        return await _answer.Task;
    }

    /// <summary>True for the one who may answer it: it can no more be withdrawn.</summary>
    public bool TryDecide() => Interlocked.Exchange(ref _isDecided, 1) == 0;

    /// <summary>By who decided.</summary>
    public void Answer(in Admission admission) => _answer.TrySetResult(admission);

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
