using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Time;
using Oms.Domain.Transfers;
using Oms.Simulation.Exchange;

namespace Oms.Simulation.World;

/// <summary>
/// What the connector does about transfers: asks the exchange once for each request, asks its history where it is told
/// to, and reports what it hears. A question that fails is not answered.
/// </summary>
internal sealed class TransferLine(
    Connector connector, Line line, Network network, ExchangeTransfers exchange, Dice dice, Tally tally, Trace trace)
{
    private const long AnswerNanosMax = 1_000 * UnixNanos.PerMillisecond;

    public void Submit(SubmitTransfer submit)
    {
        trace.Say($"connector asks for transfer {submit.TransferId} hop {submit.Hop}");
        // There are far fewer of them than of orders.
        bool isRefused = dice.Chance(connector.Refused * 3);
        bool isForNow = dice.Chance(isRefused ? 600 : 0);
        bool isAnswerLost = dice.Chance(connector.Refused * 3);
        bool isAnswered = false;
        bool isGivenUp = false;
        network.After(AnswerNanosMax, connector.InThisSession(() =>
        {
            isGivenUp = !isAnswered;
            if (isGivenUp)
            {
                Unknown(submit);
            }
        }));
        void Answer(Action report) => Reply(() =>
        {
            isAnswered |= !isGivenUp;
            if (isAnswered)
            {
                report();
            }
        });

        _ = line.Send("transfer request", Arrive, mayComeTwice: false);
        void Arrive()
        {
            if (isRefused)
            {
                RejectReason reason = isForNow ? RejectReason.ExchangeOverloaded : RejectReason.ExchangeRefused;
                Answer(() => Refuse(submit, reason));
                return;
            }

            ExchangeTransfer? taken = exchange.Take(in submit, out RejectReason why);
            if (taken is null)
            {
                Answer(() => Refuse(submit, why));
            }
            else if (isAnswerLost)
            {
                tally.Add("transfer taken, and no answer");
                Answer(() => Unknown(submit));
            }
            else
            {
                Answer(() => connector.Report(taken.Seen(TransferEvidence.Accepted, EvidenceSource.Reply)));
            }
        }
    }

    public void Resolve(ResolveTransfer request) => _ = line.Send(
        "transfer query",
        () =>
        {
            if (exchange.Listed(request.TransferId, request.Hop) is { } found)
            {
                TransferEvidence state = found.State;
                Reply(() => connector.Report(found.Seen(state, EvidenceSource.Query)));
            }
            else
            {
                tally.Add("transfer not in history");
                Reply(() => connector.Report(new TransferAbsent
                {
                    Header = MessageHeader.For<TransferAbsent>(request.Header.AccountId),
                    TransferId = request.TransferId,
                    Hop = request.Hop,
                }));
            }
        },
        mayComeTwice: false);

    private void Reply(Action report) =>
        _ = line.Send("transfer reply", connector.InThisSession(report), mayComeTwice: true);

    private void Refuse(SubmitTransfer submit, RejectReason reason)
    {
        tally.Add($"transfer refused by the exchange: {reason}");
        connector.Report(new TransferRefused
        {
            Header = MessageHeader.For<TransferRefused>(submit.Header.AccountId),
            TransferId = submit.TransferId,
            ExchangeErrorCode = -4,
            Reason = reason,
            Hop = submit.Hop,
            ExchangeText = default,
        });
    }

    private void Unknown(SubmitTransfer submit)
    {
        tally.Add("transfer of unknown outcome");
        connector.Report(new TransferOutcomeUnknown
        {
            Header = MessageHeader.For<TransferOutcomeUnknown>(submit.Header.AccountId),
            TransferId = submit.TransferId,
            Hop = submit.Hop,
        });
    }
}
