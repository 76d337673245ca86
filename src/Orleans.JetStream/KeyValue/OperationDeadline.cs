namespace Orleans.JetStream.KeyValue;

/// <summary>
/// The end of an operation of one or more requests: its time is up, or its caller cancels it.
/// </summary>
internal sealed class OperationDeadline : IDisposable
{
    private readonly CancellationTokenSource _limit;
    private readonly CancellationTokenSource _either;

    public OperationDeadline(TimeSpan timeout, TimeProvider time, CancellationToken caller)
    {
        Timeout = timeout;
        Caller = caller;
        _limit = new CancellationTokenSource(timeout, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_limit.Token, caller);
    }

    public TimeSpan Timeout { get; }

    /// <summary>The caller's wish alone: it ends an operation as canceled, not as failed.</summary>
    public CancellationToken Caller { get; }

    /// <summary>Canceled by whichever comes first.</summary>
    public CancellationToken Token => _either.Token;

    public void Dispose()
    {
        _either.Dispose();
        _limit.Dispose();
    }
}
