using Oms.Exchanges.Binance.Budget;

namespace Oms.Exchanges.Binance.Futures;

/// <summary>An order or a cancel that may leave with others.</summary>
/// <param name="parameters">As it is sent alone.</param>
/// <param name="read">Reads what it is answered, alone and with others.</param>
internal sealed class BatchSeat<TReply>(
    BatchRule rule, string group, RequestParameters parameters, Func<byte[], TReply> read) : BatchSeat(rule, group)
{
    private readonly TaskCompletionSource<Outcome<TReply>> _outcome =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RequestParameters Parameters => parameters;

    public Func<byte[], TReply> Read => read;

    /// <summary>What became of it, where another took it along.</summary>
    public Task<Outcome<TReply>> Outcome => _outcome.Task;

    public void Tell(Outcome<TReply> outcome) => _outcome.TrySetResult(outcome);
}
