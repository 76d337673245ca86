namespace Oms.Exchanges;

/// <summary>Ends a connection that answers, and on which something that must have come did not.</summary>
internal sealed class ConnectionDoubt
{
    private TaskCompletionSource _raised = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Raise() => Volatile.Read(ref _raised).TrySetResult();

    /// <summary>Of a connection that begins now: doubts of those before it are settled.</summary>
    /// <exception cref="IOException">It is in doubt.</exception>
    public async Task Wait()
    {
        var raised = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _raised, raised);
        await raised.Task;
        throw new IOException("what must have come on it did not");
    }
}
