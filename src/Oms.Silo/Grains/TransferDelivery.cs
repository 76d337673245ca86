using System.Collections.Frozen;
using System.Globalization;
using Oms.Domain.Accounts;
using Oms.Domain.Configuration;
using Oms.Domain.Messages;
using Oms.Domain.Numbers;
using Oms.Grains.Rebalancing;
using Oms.Grains.Transfers;
using Oms.Silo.Feed;
using Oms.Silo.Text;

namespace Oms.Silo.Grains;

/// <summary>
/// Every step of a transfer at its grain, and within a family at its rebalancer. Grains know what they have: giving it
/// again does no harm.
/// </summary>
internal sealed class TransferDelivery(
    IGrainFactory grains, EventNames names, IEnumerable<AccountConfiguration> accounts) : IEventSink
{
    public const int CallsInFlightMax = 32;

    private readonly Dictionary<AccountName, long> _held = [];

    private readonly FrozenDictionary<string, string> _mains = accounts.ToFrozenDictionary(
        account => account.Name.ToString(),
        account => $"{account.Name.Exchange}/{account.Parent ?? account.Name.Account}");

    public string Name => "transfer grains";

    public Task<long> ResumeAsync(AccountName account, long checkpointed, CancellationToken cancellation)
    {
        _held[account] = checkpointed;
        return Task.FromResult(checkpointed);
    }

    public async Task DeliverAsync(IReadOnlyList<AccountEvents> batch, CancellationToken cancellation)
    {
        // Names are looked up before the first call: one that is not known yet leaves nothing half done.
        FamilyTransfer[] updates =
        [
            .. batch.SelectMany(events => events.Messages.Where(message => IsNew(message, events.Account))
                .Select(message => UpdateOf(in MessageBytes.As<TransferReport>(message), events.Account))),
        ];
        await Parallel.ForEachAsync(
            updates.GroupBy(update => update.Id, update => update.Update),
            new ParallelOptions { MaxDegreeOfParallelism = CallsInFlightMax, CancellationToken = cancellation },
            async (transfer, token) => await grains.GetGrain<ITransferGrain>(transfer.Key)
                .Apply([.. transfer]).WaitAsync(token));
        foreach (IGrouping<string, FamilyTransfer> family in updates
            .Where(update => _mains.ContainsKey(update.Update.Order.From))
            .GroupBy(update => _mains[update.Update.Order.From]))
        {
            await grains.GetGrain<IRebalancerGrain>(family.Key).Apply([.. family]).WaitAsync(cancellation);
        }

        foreach (AccountEvents events in batch)
        {
            _held[events.Account] = Math.Max(_held[events.Account], events.LastSequence);
        }
    }

    public long HeldOf(AccountName account) => _held[account];

    private bool IsNew(byte[] message, AccountName account)
    {
        ref readonly MessageHeader header = ref MessageBytes.Header(message);
        return header.Kind == MessageKind.TransferReport && header.AccountSequence > _held[account];
    }

    private FamilyTransfer UpdateOf(in TransferReport report, AccountName from)
    {
        AssetDefined? asset = names.AssetOf(in report);
        decimal amount = decimal.Parse(
            DecimalText.FormatShort(report.Amount, asset?.Decimals ?? 0), CultureInfo.InvariantCulture);
        return new(report.ClientTransferId.ToString(), new()
        {
            Sequence = report.Header.AccountSequence,
            UnixNanos = report.Header.UnixNanos,
            TransferId = report.TransferId.Value,
            Status = report.Status,
            Step = report.Step,
            Hop = report.Hop,
            Reason = report.Reason,
            ExchangeErrorCode = report.ExchangeErrorCode,
            ExchangeTransferId = report.ExchangeTransferId,
            Order = new()
            {
                From = from.ToString(),
                FromWallet = report.FromWallet,
                To = names.ReceiverOf(in report)?.ToString() ?? "",
                ToWallet = report.ToWallet,
                Asset = asset?.Name.ToString() ?? "",
                Amount = amount,
            },
        });
    }
}
