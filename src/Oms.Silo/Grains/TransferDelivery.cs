using System.Globalization;
using Oms.Domain.Accounts;
using Oms.Domain.Messages;
using Oms.Domain.Numbers;
using Oms.Grains.Transfers;
using Oms.Silo.Feed;
using Oms.Silo.Text;

namespace Oms.Silo.Grains;

/// <summary>Every step of a transfer at its grain. Grains know what they have: giving it again does no harm.</summary>
internal sealed class TransferDelivery(IGrainFactory grains, EventNames names) : IEventSink
{
    public const int CallsInFlightMax = 32;

    private readonly Dictionary<AccountName, long> _held = [];

    public string Name => "transfer grains";

    public Task<long> ResumeAsync(AccountName account, long checkpointed, CancellationToken cancellation)
    {
        _held[account] = checkpointed;
        return Task.FromResult(checkpointed);
    }

    public async Task DeliverAsync(IReadOnlyList<AccountEvents> batch, CancellationToken cancellation)
    {
        // Names are looked up before the first call: one that is not known yet leaves nothing half done.
        ILookup<string, TransferUpdate> updates = batch
            .SelectMany(events => events.Messages.Where(message => IsNew(message, events.Account))
                .Select(message => UpdateOf(in MessageBytes.As<TransferReport>(message), events.Account)))
            .ToLookup(update => update.Id, update => update.Update);
        await Parallel.ForEachAsync(
            updates,
            new ParallelOptions { MaxDegreeOfParallelism = CallsInFlightMax, CancellationToken = cancellation },
            async (transfer, token) => await grains.GetGrain<ITransferGrain>(transfer.Key)
                .Apply([.. transfer]).WaitAsync(token));
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

    private (string Id, TransferUpdate Update) UpdateOf(in TransferReport report, AccountName from)
    {
        AssetDefined? asset = names.AssetOf(in report);
        decimal amount = decimal.Parse(
            DecimalText.FormatShort(report.Amount, asset?.Decimals ?? 0), CultureInfo.InvariantCulture);
        return (report.ClientTransferId.ToString(), new()
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
