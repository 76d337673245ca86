using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Transfers;

namespace Oms.Simulation.Exchange;

/// <summary>A transfer as the exchange has it: one hop of the OMS's.</summary>
internal sealed class ExchangeTransfer
{
    /// <summary>With <see cref="Hop"/> the id under which it was asked for.</summary>
    public required TransferId TransferId { get; init; }

    public required byte Hop { get; init; }

    public required AccountId From { get; init; }

    public required Market FromWallet { get; init; }

    public required AccountId To { get; init; }

    public required Market ToWallet { get; init; }

    public required AssetId Asset { get; init; }

    public required long Amount { get; init; }

    public required long Number { get; init; }

    /// <summary>When history has it, by the monotonic clock.</summary>
    public required long ListedFrom { get; init; }

    public TransferEvidence State { get; set; } = TransferEvidence.Accepted;

    public bool IsDone => State == TransferEvidence.Done;

    public TransferSeen Seen(TransferEvidence evidence, EvidenceSource source) => new()
    {
        Header = MessageHeader.For<TransferSeen>(From),
        TransferId = TransferId,
        ExchangeTransferId = Number,
        Hop = Hop,
        Evidence = evidence,
        Source = source,
    };

    /// <summary>What the private stream says of one of its two sides.</summary>
    public BalanceMoved Moved(bool isCredit) => new()
    {
        Header = MessageHeader.For<BalanceMoved>(isCredit ? To : From),
        AssetId = Asset,
        Market = isCredit ? ToWallet : FromWallet,
        Amount = isCredit ? Amount : -Amount,
        ExchangeUnixNanos = 0,
    };

    public override string ToString() => $"transfer {TransferId} hop {Hop}";
}
