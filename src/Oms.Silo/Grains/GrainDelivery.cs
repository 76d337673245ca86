using System.Collections.Immutable;
using Oms.Domain.Accounts;
using Oms.Grains;
using Oms.Grains.Accounts;
using Oms.Grains.Positions;
using Oms.Silo.Feed;
using Oms.Silo.Text;

namespace Oms.Silo.Grains;

/// <summary>Every event at the grains of its account, a call per batch and grain.</summary>
internal sealed class GrainDelivery(IGrainFactory grains, EventNames names) : IEventSink
{
    public const int CallsInFlightMax = 32;

    private readonly Dictionary<AccountName, long> _held = [];

    public string Name => "grains";

    public async Task<long> ResumeAsync(
        AccountName account, long checkpointed, CancellationToken cancellation)
    {
        long inAccount = await AccountGrain(account).GetLastSequence().WaitAsync(cancellation);
        long inPositions = await PositionGrain(account).GetLastSequence().WaitAsync(cancellation);
        _held[account] = Math.Min(inAccount, inPositions);
        return _held[account];
    }

    public async Task DeliverAsync(IReadOnlyList<AccountEvents> batch, CancellationToken cancellation)
    {
        // Names are looked up before the first call: one that is not known yet leaves nothing half done.
        ImmutableArray<GrainBatch> calls =
        [
            .. batch
                .Where(events => events.LastSequence > _held[events.Account])
                .Select(events => GrainBatch.Of(events, names)),
        ];
        await Parallel.ForEachAsync(
            calls,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = CallsInFlightMax,
                CancellationToken = cancellation,
            },
            async (call, token) => await DeliverAsync(call, token));
        foreach (GrainBatch call in calls)
        {
            _held[call.AccountName] = call.Account.LastSequence;
        }
    }

    public long HeldOf(AccountName account) => _held[account];

    private async Task DeliverAsync(GrainBatch call, CancellationToken cancellation)
    {
        var accountReceipt = AccountGrain(call.AccountName).Apply(call.Account);
        var positionReceipt = PositionGrain(call.AccountName).Apply(call.Positions);
        BatchReceipt[] receipts = await Task.WhenAll(accountReceipt, positionReceipt).WaitAsync(cancellation);
        long nextSequence = receipts.Min(receipt => receipt.NextSequence);
        if (nextSequence <= call.Account.LastSequence)
        {
            throw new SinkBehindException($"a grain of {call.AccountName}", nextSequence);
        }
    }

    private IAccountGrain AccountGrain(AccountName account) =>
        grains.GetGrain<IAccountGrain>(account.ToString());

    private IPositionGrain PositionGrain(AccountName account) =>
        grains.GetGrain<IPositionGrain>(account.ToString());
}
