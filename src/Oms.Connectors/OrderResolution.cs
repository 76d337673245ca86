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
    /// <summary>False when a question failed: nothing is reported, nothing is proven.</summary>
    public async Task<bool> Resolve(ResolveOrder request, CancellationToken cancellation)
    {
        await sent.WhenEnded(request.OrderId);
        while (true)
        {
            long asked = time.GetTimestamp();
            DateTimeOffset askedAt = time.GetUtcNow();
            switch (await exchange.QueryOrder(request, cancellation))
            {
                case Outcome<OrderSeen>.Accepted accepted:
                    return await ReportSeen(accepted.Reply, cancellation);
                case Outcome<OrderSeen>.Refused { Reason: RejectReason.ExchangeOrderUnknown }:
                    if (IsProvenAbsent(request, asked, askedAt))
                    {
                        await ReportAbsent(request.OrderId, cancellation);
                        return true;
                    }

                    await Task.Delay(ConnectorLimits.AbsentOrderPause, time, cancellation);
                    break;
                case Outcome<OrderSeen>.Refused refused:
                    Log.NotResolved(logger, name, request.OrderId, refused.Text);
                    return false;
                case Outcome<OrderSeen>.Unknown unknown:
                    Log.NotResolved(logger, name, request.OrderId, unknown.Text);
                    return false;
                default:
                    throw new System.Diagnostics.UnreachableException();
            }
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
        for (int query = 0; query < ConnectorLimits.TradeQueriesMax; query++)
        {
            Outcome<ImmutableArray<TradeSeen>> outcome = await exchange.QueryTrades(order, cancellation);
            if (outcome is Outcome<ImmutableArray<TradeSeen>>.Accepted accepted)
            {
                return accepted.Reply;
            }

            await Task.Delay(ConnectorLimits.AbsentOrderPause, time, cancellation);
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
