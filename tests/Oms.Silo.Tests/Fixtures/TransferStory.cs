using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Text;
using Oms.Domain.Transfers;
using Oms.Silo.Feed;

namespace Oms.Silo.Tests;

/// <summary>Steps of transfers between the two accounts, made up as they are asked for.</summary>
internal static class TransferStory
{
    /// <summary>The steps of the main account from one sequence to another.</summary>
    public static AccountEvents[] Steps(int first, int last)
    {
        var events = new AccountEvents(Deployment.Main);
        for (int sequence = first; sequence <= last; sequence++)
        {
            TransferReport step = Step(sequence);
            events.Add(MessageBytes.Of(in step).ToArray());
        }

        return [events];
    }

    public static TransferReport Step(int sequence) => new()
    {
        Header = MessageHeader.For<TransferReport>(PlayedFastPath.MainId) with
        {
            LogSequence = sequence,
            AccountSequence = sequence,
            // Half a minute before a month ends: the story goes on over it.
            UnixNanos = PlayedFastPath.StartUnixNanos + (sequence * 10_000_000L),
        },
        TransferId = TransferId.Of(0, 1, sequence),
        ToAccountId = PlayedFastPath.SubId,
        AssetId = new(2),
        FromWallet = Market.Spot,
        ToWallet = Market.Futures,
        Status = TransferStatus.InTransit,
        Step = TransferStep.Debited,
        Leg = 1,
        Hop = 1,
        Reason = RejectReason.None,
        Amount = 1_50000000,
        ClientTransferId = Text32.Of($"transfer-{sequence}"),
        CorrelationId = 0,
        ExchangeTransferId = 77,
        ExchangeErrorCode = 0,
    };
}
