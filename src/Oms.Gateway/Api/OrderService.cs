using System.Diagnostics;
using System.Globalization;
using Grpc.Core;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Time;
using Oms.Gateway.Commands;
using Oms.Gateway.Events;
using Oms.Gateway.Listings;
using Oms.Gateway.Orders;

namespace Oms.Gateway.Api;

/// <summary>Takes orders and cancels, and tells what became of them.</summary>
internal sealed class OrderService(
    OrderIntake intake,
    CommandDesk desk,
    GatewayViews views,
    ListingNames names,
    ContractMapping mapping,
    ExecutionStreams streams,
    TimeProvider time) : V1.OrderService.OrderServiceBase
{
    public override async Task<V1.PlaceOrderResponse> PlaceOrder(
        V1.PlaceOrderRequest request, ServerCallContext context)
    {
        long received = Stopwatch.GetTimestamp();
        PlaceOrder? order = intake.Read(
            request, received, out ClientOrderId clientOrderId, out OrderRefusal refusal);
        if (order is null)
        {
            long now = UnixNanos.Of(time.GetUtcNow()).Value;
            return new() { Order = OrderIntake.Refused(request, clientOrderId, refusal, now) };
        }

        CommandReply reply = await desk.Send(order.Value, context.Deadline, context.CancellationToken)
            ?? throw RpcFailures.OutcomeUnknown(clientOrderId.ToString(), "");
        RpcFailures.ThrowIfNotTaken(reply.Fate);
        return new() { Order = reply.Order is null ? null : mapping.Of(reply.Order) };
    }

    public override async Task<V1.CancelOrderResponse> CancelOrder(
        V1.CancelOrderRequest request, ServerCallContext context)
    {
        KnownAccount account = AccountFilter.Known(names, request.Account);
        OrderId orderId = request.HasOrderId ? OrderIdOf(request.OrderId) : OrderId.None;
        var cancel = new CancelOrder
        {
            Header = MessageHeader.For<CancelOrder>(account.Id),
            ClientOrderId = request.HasOrderId
                ? default
                : ClientOrderIdOf(request.HasClientOrderId, request.ClientOrderId),
            OrderId = orderId,
            CorrelationId = 0,
        };
        CommandReply reply = await desk.Send(cancel, context.Deadline, context.CancellationToken)
            ?? throw RpcFailures.OutcomeUnknown(request.ClientOrderId, request.OrderId);
        RpcFailures.ThrowIfNotTaken(reply.Fate);
        return new()
        {
            Order = reply.Order is null ? null : mapping.Of(reply.Order),
            CancelRejectReason = ReasonText.Of(reply.CancelRejectReason),
        };
    }

    public override Task<V1.GetOrderResponse> GetOrder(V1.GetOrderRequest request, ServerCallContext context)
    {
        KnownAccount account = AccountFilter.Known(names, request.Account);
        OrderRecord? order = request.HasOrderId
            ? views.Orders.Find(OrderIdOf(request.OrderId))
            : views.Orders.Find(account.Id, ClientOrderIdOf(request.HasClientOrderId, request.ClientOrderId));
        return order?.AccountId == account.Id
            ? Task.FromResult(new V1.GetOrderResponse { Order = mapping.Of(order) })
            : throw RpcFailures.OrderNotFound();
    }

    public override Task<V1.ListOrdersResponse> ListOrders(
        V1.ListOrdersRequest request, ServerCallContext context)
    {
        var accounts = AccountFilter.Readable(context, names, request.Account);
        Page page = Page.Of(request.PageSize, request.PageToken);
        if (request.Statuses.Any(status => status == V1.OrderStatus.Unspecified || !Enum.IsDefined(status)))
        {
            throw RpcFailures.Invalid("statuses", "holds none that is known");
        }

        HashSet<OrderStatus> statuses = [.. request.Statuses.Select(status => (OrderStatus)status)];
        (List<OrderRecord> rows, string token) = page.Take(
            views.Orders.NewestFirst(page.Below).Where(row =>
                accounts.Contains(row.Order.AccountId)
                && (statuses.Count == 0 || statuses.Contains(row.Order.Status))));
        return Task.FromResult(new V1.ListOrdersResponse
        {
            Orders = { rows.Select(mapping.Of) },
            NextPageToken = token,
        });
    }

    public override Task<V1.ListFillsResponse> ListFills(
        V1.ListFillsRequest request, ServerCallContext context)
    {
        var accounts = AccountFilter.Readable(context, names, request.Account);
        Page page = Page.Of(request.PageSize, request.PageToken);
        OrderId order = request.OrderId.Length > 0 ? OrderIdOf(request.OrderId) : OrderId.None;
        (List<FillRecord> rows, string token) = page.Take(
            views.Fills.NewestFirst(page.Below).Where(row =>
                accounts.Contains(row.Entry.AccountId) && (order.IsNone || row.Entry.OrderId == order)));
        return Task.FromResult(new V1.ListFillsResponse
        {
            Fills = { rows.Select(mapping.Of) },
            NextPageToken = token,
        });
    }

    public override Task StreamExecutions(
        V1.StreamExecutionsRequest request,
        IServerStreamWriter<V1.StreamExecutionsResponse> responseStream,
        ServerCallContext context) => streams.Run(request, responseStream, context);

    private static OrderId OrderIdOf(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value > 0
            ? new(value)
            : throw RpcFailures.Invalid("order_id", "is no id of an order");

    private static ClientOrderId ClientOrderIdOf(bool isGiven, string text) =>
        !isGiven ? throw RpcFailures.Invalid("id", "neither order_id nor client_order_id is given")
        : ClientOrderId.TryParse(text, out ClientOrderId id) ? id
        : throw RpcFailures.Invalid("client_order_id", "is not 1 to 36 characters of [A-Za-z0-9._:/-]");
}
