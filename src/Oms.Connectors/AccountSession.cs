using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Text;
using Oms.Exchanges;

namespace Oms.Connectors;

/// <summary>
/// An account during one session: sends its orders, changes and cancels, and reports what became of them.
/// </summary>
internal sealed class AccountSession(
    AccountId id,
    AccountName name,
    IExchangeAccount exchange,
    SentOrders sent,
    EvidenceGathering evidence,
    AccountTransfers transfers,
    StreamWatch streams,
    ReportQueue reports,
    InFlightWork work,
    OrderAge age,
    TimeProvider time,
    ILogger logger)
{
    private HaltSweeps? _sweeps;

    /// <summary>One for all threads, whichever needs it first.</summary>
    private HaltSweeps Sweeps => LazyInitializer.EnsureInitialized(
        ref _sweeps, () => new(name, exchange, Cancel, Tell, streams, sent.ArrivalMax, work, time, logger));

    /// <summary>Whether there is something that is to be sent at the end of the ring thread's turn.</summary>
    public bool HasGathered => Sweeps.HasGathered;

    /// <summary>On the ring thread, at the end of its turn. False when there is no room for all of it now.</summary>
    public bool TrySendGathered() => Sweeps.TrySend();

    /// <summary>
    /// On the ring thread. False when there is no room now: the request is to be offered again.
    /// </summary>
    public bool TryTake(ReadOnlySpan<byte> request)
    {
        switch (MessageBytes.Header(request).Kind)
        {
            case MessageKind.SubmitOrder:
                SubmitOrder order = MessageBytes.As<SubmitOrder>(request);
                StageStamps stamps = order.Stamps with { ConnectorPolled = time.GetTimestamp() };
                return work.TryStart(stop => Submit(order with { Stamps = stamps }, stop));
            case MessageKind.SubmitCancel:
                SubmitCancel cancel = MessageBytes.As<SubmitCancel>(request);
                return Sweeps.TryGather(in cancel) || work.TryStartCancel(stop => Cancel(cancel, stop));
            case MessageKind.SubmitAmend:
                SubmitAmend amend = MessageBytes.As<SubmitAmend>(request);
                return work.TryStart(stop => Amend(amend, stop));
            case MessageKind.ResolveOrder:
                return evidence.TryTake(MessageBytes.As<ResolveOrder>(request));
            case MessageKind.SubmitTransfer:
                SubmitTransfer transfer = MessageBytes.As<SubmitTransfer>(request);
                return work.TryStart(stop => transfers.Submit(transfer, stop));
            case MessageKind.ResolveTransfer:
                ResolveTransfer asked = MessageBytes.As<ResolveTransfer>(request);
                return work.TryStart(stop => transfers.Resolve(asked, stop));
            case MessageKind.GatherEvidence:
                return evidence.TryTake(MessageBytes.As<GatherEvidence>(request));
            default:
                Log.RequestForNobody(logger, MessageBytes.Header(request).Kind, id);
                return true;
        }
    }

    private async Task Submit(SubmitOrder order, CancellationToken cancellation)
    {
        if (age.Left(order.Header) < TimeSpan.Zero)
        {
            await Refuse(
                order, RejectReason.ExchangeOverloaded, 0, "not sent: too old", default, cancellation);
            return;
        }

        if (!sent.TryBegin(order.OrderId))
        {
            Log.OrderRepeated(logger, name, order.OrderId);
            return;
        }

        bool hasLeft = true;
        Outcome<OrderEvidence> outcome;
        try
        {
            SubmitOrder released = await BehindSweeps(order);
            outcome = await exchange.Place(released, cancellation, sent.WithdrawalOf(order.OrderId));
            hasLeft = outcome is not Outcome<OrderEvidence>.Refused { Times.Sent: 0 };
        }
        finally
        {
            sent.End(order.OrderId, hasLeft);
        }

        switch (outcome)
        {
            case Outcome<OrderEvidence>.Accepted accepted:
                streams.Answered(accepted.Reply.Order);
                await Report(accepted.Reply.Trades, cancellation);
                await reports.Write(
                    accepted.Reply.Order with { Stamps = Stamp(order, accepted.Times) }, cancellation);
                break;
            case Outcome<OrderEvidence>.Refused refused:
                await Refuse(
                    order, refused.Reason, refused.ErrorCode, refused.Text, refused.Times, cancellation);
                break;
            case Outcome<OrderEvidence>.Unknown unknown:
                Log.OutcomeUnknown(logger, name, order.OrderId, unknown.Text);
                await reports.Write(
                    new OrderOutcomeUnknown
                    {
                        Header = MessageHeader.For<OrderOutcomeUnknown>(id),
                        OrderId = order.OrderId,
                    },
                    cancellation);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>
    /// Waits until nothing can cancel the order that was sent before it. What only makes a position smaller is no older
    /// for the wait for our own cancels: a halt waits for it. Anything else keeps its age.
    /// </summary>
    private async Task<SubmitOrder> BehindSweeps(SubmitOrder order)
    {
        long began = time.GetTimestamp();
        await Sweeps.WhenSent();
        long waitedNanos = order.Terms.IsReduceOnly ? (long)time.GetElapsedTime(began).TotalNanoseconds : 0;
        return order with { Header = order.Header with { UnixNanos = order.Header.UnixNanos + waitedNanos } };
    }

    private async Task Cancel(SubmitCancel cancel, CancellationToken cancellation)
    {
        // A cancel must not overtake its order; what still waits is not sent any more, and is told as refused.
        if (!await sent.MayHaveLeft(cancel.OrderId))
        {
            return;
        }

        await Tell(cancel, await exchange.Cancel(cancel, cancellation), cancellation);
    }

    private async Task Tell(SubmitCancel cancel, Outcome<OrderSeen> outcome, CancellationToken cancellation)
    {
        if (outcome is Outcome<OrderSeen>.Accepted { Reply: var canceled })
        {
            streams.Answered(in canceled);
        }

        switch (outcome)
        {
            case Outcome<OrderSeen>.Accepted accepted when await TryReport(accepted.Reply, cancellation):
                break;
            case Outcome<OrderSeen>.Accepted:
                await RefuseCancel(
                    cancel, RejectReason.ConnectorDown, 0, "canceled; its trades are not known yet",
                    cancellation);
                break;
            case Outcome<OrderSeen>.Refused refused:
                await RefuseCancel(cancel, refused.Reason, refused.ErrorCode, refused.Text, cancellation);
                break;
            case Outcome<OrderSeen>.Unknown unknown:
                await RefuseCancel(cancel, RejectReason.ConnectorDown, 0, unknown.Text, cancellation);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private async Task Amend(SubmitAmend amend, CancellationToken cancellation)
    {
        await sent.WhenEnded(amend.OrderId);
        switch (await exchange.Amend(amend, cancellation))
        {
            case Outcome<OrderSeen>.Accepted accepted when await TryReport(accepted.Reply, cancellation):
                break;
            case Outcome<OrderSeen>.Accepted:
                await RefuseAmend(
                    amend, RejectReason.ConnectorDown, 0, "changed; its trades are not known yet", cancellation);
                break;
            case Outcome<OrderSeen>.Refused refused:
                await RefuseAmend(amend, refused.Reason, refused.ErrorCode, refused.Text, cancellation);
                break;
            case Outcome<OrderSeen>.Unknown unknown:
                await RefuseAmend(amend, RejectReason.ConnectorDown, 0, unknown.Text, cancellation);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>
    /// The trades first: the stream may not have brought them yet, and the state counts them. False when they are not
    /// known: then the state is not told.
    /// </summary>
    private async Task<bool> TryReport(OrderSeen order, CancellationToken cancellation)
    {
        if (order.CumulativeQuantity > 0)
        {
            if (await exchange.QueryTrades(order, cancellation)
                is not Outcome<ImmutableArray<TradeSeen>>.Accepted trades)
            {
                return false;
            }

            await Report(trades.Reply, cancellation);
        }

        await reports.Write(order, cancellation);
        return true;
    }

    private async Task Report(ImmutableArray<TradeSeen> trades, CancellationToken cancellation)
    {
        foreach (TradeSeen trade in trades)
        {
            await reports.Write(trade, cancellation);
        }
    }

    private ValueTask Refuse(
        SubmitOrder order, RejectReason reason, int errorCode, string text, RequestTimes times,
        CancellationToken cancellation)
    {
        Log.OrderRefused(logger, name, order.OrderId, reason, errorCode, text);
        return reports.Write(
            new OrderRefused
            {
                Header = MessageHeader.For<OrderRefused>(id),
                OrderId = order.OrderId,
                ExchangeErrorCode = errorCode,
                Reason = reason,
                ExchangeText = Text64.OfTruncated(text),
                Stamps = Stamp(order, times),
            },
            cancellation);
    }

    private ValueTask RefuseCancel(
        SubmitCancel cancel, RejectReason reason, int errorCode, string text, CancellationToken cancellation)
    {
        Log.CancelFailed(logger, name, cancel.OrderId, text);
        return reports.Write(
            new CancelRefused
            {
                Header = MessageHeader.For<CancelRefused>(id),
                OrderId = cancel.OrderId,
                ExchangeErrorCode = errorCode,
                Reason = reason,
                ExchangeText = Text64.OfTruncated(text),
            },
            cancellation);
    }

    private ValueTask RefuseAmend(
        SubmitAmend amend, RejectReason reason, int errorCode, string text, CancellationToken cancellation)
    {
        Log.AmendFailed(logger, name, amend.OrderId, text);
        return reports.Write(
            new AmendRefused
            {
                Header = MessageHeader.For<AmendRefused>(id),
                OrderId = amend.OrderId,
                ExchangeErrorCode = errorCode,
                Reason = reason,
                ExchangeText = Text64.OfTruncated(text),
            },
            cancellation);
    }

    private static StageStamps Stamp(SubmitOrder order, RequestTimes times) =>
        order.Stamps with { Sent = times.Sent, ReplyReceived = times.ReplyReceived };
}
