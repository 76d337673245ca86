using Oms.Exchanges.Binance.Budget;

namespace Oms.Exchanges.Binance.Futures;

/// <summary>An order or a cancel that may leave with others.</summary>
/// <param name="request">As it is sent alone, with a deadline and a withdrawal of its own.</param>
/// <param name="read">Reads what it is answered, alone and with others.</param>
internal sealed class BatchSeat<TReply>(
    BatchRule rule, string group, RestRequest request, Func<byte[], TReply> read) : BatchSeat(rule, group)
{
    private readonly TaskCompletionSource<Outcome<TReply>> _outcome =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RestRequest Request => request;

    public Func<byte[], TReply> Read => read;

    /// <summary>What became of it, where it left with others.</summary>
    public Task<Outcome<TReply>> Outcome => _outcome.Task;

    /// <summary>The first word counts.</summary>
    public void Tell(Outcome<TReply> outcome) => _outcome.TrySetResult(outcome);
}
