using Microsoft.Extensions.Logging;
using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Text;
using Oms.Exchanges;

namespace Oms.Connectors;

/// <summary>
/// Transfers from an account during one session: asks the exchange for them, asks its history, and reports. FastPath
/// judges, and asks again.
/// </summary>
/// <param name="exchange">Of the account's family; null where its main account is not served here.</param>
internal sealed class AccountTransfers(
    AccountId id, AccountName name, ITransfers? exchange, ReportQueue reports, ILogger logger)
{
    public async Task Submit(SubmitTransfer transfer, CancellationToken cancellation)
    {
        if (exchange is null)
        {
            await Refuse(
                transfer, RejectReason.TransferNotPossible, 0, "its main account is not served here", cancellation);
            return;
        }

        switch (await exchange.Transfer(transfer, cancellation))
        {
            case Outcome<TransferSeen>.Accepted accepted:
                await reports.Write(accepted.Reply, cancellation);
                break;
            case Outcome<TransferSeen>.Refused refused:
                await Refuse(transfer, refused.Reason, refused.ErrorCode, refused.Text, cancellation);
                break;
            case Outcome<TransferSeen>.Unknown unknown:
                Log.TransferUnknown(logger, name, transfer.TransferId, unknown.Text);
                await reports.Write(
                    new TransferOutcomeUnknown
                    {
                        Header = MessageHeader.For<TransferOutcomeUnknown>(id),
                        TransferId = transfer.TransferId,
                        Hop = transfer.Hop,
                    },
                    cancellation);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>A question that failed is not answered: FastPath asks it again.</summary>
    public async Task Resolve(ResolveTransfer request, CancellationToken cancellation)
    {
        if (exchange is null)
        {
            return;
        }

        switch (await exchange.QueryTransfer(request, cancellation))
        {
            case Outcome<TransferSeen>.Accepted accepted:
                await reports.Write(accepted.Reply, cancellation);
                break;
            case Outcome<TransferSeen>.Refused { Reason: RejectReason.ExchangeOrderUnknown }:
                await reports.Write(
                    new TransferAbsent
                    {
                        Header = MessageHeader.For<TransferAbsent>(id),
                        TransferId = request.TransferId,
                        Hop = request.Hop,
                    },
                    cancellation);
                break;
            case Outcome<TransferSeen>.Refused refused:
                Log.TransferNotResolved(logger, name, request.TransferId, refused.Text);
                break;
            case Outcome<TransferSeen>.Unknown unknown:
                Log.TransferNotResolved(logger, name, request.TransferId, unknown.Text);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private ValueTask Refuse(
        SubmitTransfer transfer, RejectReason reason, int errorCode, string text, CancellationToken cancellation)
    {
        Log.TransferRefused(logger, name, transfer.TransferId, reason, errorCode, text);
        return reports.Write(
            new TransferRefused
            {
                Header = MessageHeader.For<TransferRefused>(id),
                TransferId = transfer.TransferId,
                ExchangeErrorCode = errorCode,
                Reason = reason,
                Hop = transfer.Hop,
                ExchangeText = Text64.OfTruncated(text),
            },
            cancellation);
    }
}
