using System.Diagnostics;
using Grpc.Core;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Time;
using Oms.Gateway.Access;
using Oms.Gateway.Commands;
using Oms.Gateway.Events;
using Oms.Gateway.Listings;
using Oms.Gateway.Orders;

namespace Oms.Gateway.Api;

/// <summary>Places orders that depend on each other, and tells all of them.</summary>
internal sealed class OrderLists(
    OrderIntake intake,
    CommandDesk desk,
    GatewayViews views,
    ContractMapping mapping,
    RateLimits limits,
    TimeProvider time)
{
    public async Task<V1.PlaceOrderListResponse> Place(
        V1.PlaceOrderListRequest request, ServerCallContext context)
    {
        long received = Stopwatch.GetTimestamp();
        CheckShape(request);
        V1.PlaceOrderRequest first = request.Orders[0];
        OrderTermsReader.Check(first);
        if (intake.Place(first, out ClientOrderId clientOrderId, out OrderRefusal refusal)
            is not var (account, instrument))
        {
            long now = UnixNanos.Of(time.GetUtcNow()).Value;
            return new() { Orders = { OrderIntake.Refused(first, clientOrderId, refusal, now) } };
        }

        OrderLeg[] legs = Legs(request, instrument, clientOrderId);
        var command = new PlaceOrderList
        {
            Header = MessageHeader.For<PlaceOrderList>(account.Id),
            InstrumentId = instrument.Id,
            Contingency = (Contingency)request.Contingency,
            LegCount = (byte)legs.Length,
            CorrelationId = 0,
            Stamps = new() { GatewayReceived = received, GatewayOffered = Stopwatch.GetTimestamp() },
            First = legs[0],
            Second = legs[1],
            Third = legs.Length > 2 ? legs[2] : default,
        };
        limits.TakeCommand(first.Account);
        CommandReply reply = await desk.Send(
            number => command with { CorrelationId = number },
            new AwaitedReply(new LegCount(legs.Length).IsLast),
            context.Deadline,
            context.CancellationToken) ?? throw RpcFailures.OutcomeUnknown(clientOrderId.ToString(), "");
        RpcFailures.ThrowIfNotTaken(reply.Fate);
        return reply.Order is { Status: OrderStatus.Rejected } refused
            ? new() { Orders = { mapping.Of(refused) } }
            : new()
            {
                Orders =
                {
                    legs.Select(leg => views.Orders.Find(account.Id, leg.ClientOrderId))
                        .OfType<OrderRecord>()
                        .Select(mapping.Of),
                },
            };
    }

    private static void CheckShape(V1.PlaceOrderListRequest request)
    {
        FieldCheck.Enumeration("contingency", request.Contingency, isRequired: true);
        int count = request.Contingency == V1.Contingency.Bracket ? 3 : 2;
        if (request.Orders.Count != count)
        {
            throw RpcFailures.Invalid("orders", $"holds {request.Orders.Count}, not {count}");
        }

        V1.PlaceOrderRequest first = request.Orders[0];
        for (int index = 1; index < count; index++)
        {
            V1.PlaceOrderRequest other = request.Orders[index];
            if ((other.Account, other.Market, other.Symbol) != (first.Account, first.Market, first.Symbol))
            {
                throw RpcFailures.Invalid($"orders[{index}].account", "is not as of the first, with market and symbol");
            }
        }
    }

    private OrderLeg[] Legs(
        V1.PlaceOrderListRequest request, KnownInstrument instrument, ClientOrderId clientOrderId)
    {
        bool isPair = request.Contingency == V1.Contingency.OneCancelsOther;
        return
        [
            new()
            {
                ClientOrderId = clientOrderId, Terms = OrderTermsReader.Read(request.Orders[0], instrument),
            },
            .. request.Orders.Skip(1).Select(leg => intake.ReadLeg(leg, instrument, isPair)),
        ];
    }

    /// <summary>Counts the orders of a list that were told of: the last answer is the one that makes all.</summary>
    private sealed class LegCount(int count)
    {
        private readonly HashSet<OrderId> _told = [];

        public bool IsLast(CommandReply reply)
        {
            if (reply.Order is not { } order || order.Status == OrderStatus.Rejected)
            {
                return true;
            }

            // A list that was placed before is answered with the first of its orders alone.
            bool isKnown = reply.IsRepeated;
            _ = _told.Add(order.OrderId);
            return isKnown || _told.Count == count;
        }
    }
}
