using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Time;
using Oms.Exchanges;

namespace Oms.Connectors;

/// <summary>
/// Finds out what became of an order: its state with all its trades, or the proof that it never arrived.
/// </summary>
internal sealed class OrderResolution(
    AccountId id,
    AccountName name,
    IExchangeAccount exchange,
    SentOrders sent,
    ReportQueue reports,
    TimeSpan recvWindow,
    TimeProvider time,
    ILogger logger)
{
    private readonly Repetition<Resolution> _untilDecided = new(
        static resolution => resolution == Resolution.Undecided, ConnectorLimits.AbsencePauseMin,
        ConnectorLimits.AbsencePauseMax, time);

    private readonly Repetition<Outcome<ImmutableArray<TradeSeen>>> _untilTrades = new(
        static outcome => outcome is not Outcome<ImmutableArray<TradeSeen>>.Accepted,
        ConnectorLimits.AbsencePauseMin, ConnectorLimits.AbsencePauseMax, time, ConnectorLimits.TradeQueriesMax - 1);

    private enum Resolution
    {
        /// <summary>A question failed: nothing is reported, nothing is proven.</summary>
        Failed = 1,

        /// <summary>It is not there, and might still arrive.</summary>
        Undecided,
        Reported,
    }

    /// <summary>False when a question failed: nothing is reported, nothing is proven.</summary>
    public async Task<bool> Resolve(ResolveOrder request, CancellationToken cancellation)
    {
        await sent.WhenEnded(request.OrderId);
        return await _untilDecided.Ask(stop => Ask(request, stop), cancellation) == Resolution.Reported;
    }

    private async Task<Resolution> Ask(ResolveOrder request, CancellationToken cancellation)
    {
        long asked = time.GetTimestamp();
        DateTimeOffset askedAt = time.GetUtcNow();
        switch (await exchange.QueryOrder(request, cancellation))
        {
            case Outcome<OrderSeen>.Accepted accepted:
                return await ReportSeen(accepted.Reply, cancellation) ? Resolution.Reported : Resolution.Failed;
            case Outcome<OrderSeen>.Refused { Reason: RejectReason.ExchangeOrderUnknown }
                when IsProvenAbsent(request, asked, askedAt):
                await ReportAbsent(request.OrderId, cancellation);
                return Resolution.Reported;
            case Outcome<OrderSeen>.Refused { Reason: RejectReason.ExchangeOrderUnknown }:
                return Resolution.Undecided;
            case Outcome<OrderSeen>.Refused refused:
                Log.NotResolved(logger, name, request.OrderId, refused.Text);
                return Resolution.Failed;
            case Outcome<OrderSeen>.Unknown unknown:
                Log.NotResolved(logger, name, request.OrderId, unknown.Text);
                return Resolution.Failed;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private bool IsProvenAbsent(in ResolveOrder request, long asked, DateTimeOffset askedAt) =>
        askedAt - new UnixNanos(request.IntentUnixNanos).ToDateTimeOffset()
            > recvWindow + ConnectorLimits.ArrivalMargin
        && sent.CanArriveNoMore(request.OrderId, asked);

    private async Task<bool> ReportSeen(OrderSeen order, CancellationToken cancellation)
    {
        if (order.CumulativeQuantity > 0)
        {
            ImmutableArray<TradeSeen>? trades = await QueryTrades(order, cancellation);
            if (trades is null)
            {
                return false;
            }

            foreach (TradeSeen trade in trades)
            {
                await reports.Write(trade, cancellation);
            }
        }

        await reports.Write(order, cancellation);
        return true;
    }

    private async Task<ImmutableArray<TradeSeen>?> QueryTrades(
        OrderSeen order, CancellationToken cancellation)
    {
        Outcome<ImmutableArray<TradeSeen>> outcome =
            await _untilTrades.Ask(stop => exchange.QueryTrades(order, stop), cancellation);
        if (outcome is Outcome<ImmutableArray<TradeSeen>>.Accepted accepted)
        {
            return accepted.Reply;
        }

        Log.NotResolved(logger, name, order.OrderId, "its trades cannot be asked for");
        return null;
    }

    private ValueTask ReportAbsent(OrderId order, CancellationToken cancellation)
    {
        Log.OrderAbsent(logger, name, order);
        return reports.Write(
            new OrderAbsent { Header = MessageHeader.For<OrderAbsent>(id), OrderId = order }, cancellation);
    }
}
