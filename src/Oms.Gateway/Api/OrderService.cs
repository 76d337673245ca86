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

/// <summary>Takes orders and what is asked of them, and tells what became of them.</summary>
internal sealed class OrderService(
    OrderIntake intake,
    CommandDesk desk,
    GatewayViews views,
    ListingNames names,
    ContractMapping mapping,
    ExecutionStreams streams,
    OrderLists lists,
    CommandBatches batches,
    CommandStreams commandStreams,
    RateLimits limits,
    TimeProvider time) : V1.OrderService.OrderServiceBase
{
    private long Now => UnixNanos.Of(time.GetUtcNow()).Value;

    public override async Task<V1.PlaceOrderResponse> PlaceOrder(
        V1.PlaceOrderRequest request, ServerCallContext context)
    {
        long received = Stopwatch.GetTimestamp();
        PlaceOrder? order = intake.Read(
            request, received, out ClientOrderId clientOrderId, out OrderRefusal refusal);
        if (order is null)
        {
            return new() { Order = OrderIntake.Refused(request, clientOrderId, refusal, Now) };
        }

        limits.TakeCommand(request.Account);
        CommandReply reply = await Send(
            number => order.Value with { CorrelationId = number }, clientOrderId.ToString(), "", context);
        return new() { Order = OrderOf(reply) };
    }

    public override async Task<V1.CancelOrderResponse> CancelOrder(
        V1.CancelOrderRequest request, ServerCallContext context)
    {
        CancelOrder cancel = intake.Read(request);
        CommandReply reply = await Send(
            number => cancel with { CorrelationId = number }, request.ClientOrderId, request.OrderId, context);
        return new()
        {
            Order = OrderOf(reply), CancelRejectReason = ReasonText.Of(reply.CancelRejectReason),
        };
    }

    public override async Task<V1.AmendOrderResponse> AmendOrder(
        V1.AmendOrderRequest request, ServerCallContext context)
    {
        AmendOrder amend = intake.Read(request, views.Orders.InstrumentOf);
        limits.TakeCommand(request.Account);
        CommandReply reply = await Send(
            number => amend with { CorrelationId = number }, request.ClientOrderId, request.OrderId, context);
        return new()
        {
            Order = OrderOf(reply), AmendRejectReason = ReasonText.Of(reply.CancelRejectReason),
        };
    }

    public override async Task<V1.ReplaceOrderResponse> ReplaceOrder(
        V1.ReplaceOrderRequest request, ServerCallContext context)
    {
        long received = Stopwatch.GetTimestamp();
        ReplaceOrder? replace = intake.Read(
            request, received, out ClientOrderId clientOrderId, out OrderRefusal refusal);
        if (replace is null)
        {
            return new() { Order = OrderIntake.Refused(request.Order, clientOrderId, refusal, Now) };
        }

        limits.TakeCommand(request.Order.Account);
        CommandReply reply = await Send(
            number => replace.Value with { CorrelationId = number }, clientOrderId.ToString(), "", context);
        return new() { Order = OrderOf(reply) };
    }

    public override Task<V1.PlaceOrderListResponse> PlaceOrderList(
        V1.PlaceOrderListRequest request, ServerCallContext context) => lists.Place(request, context);

    public override Task<V1.ExecuteBatchResponse> ExecuteBatch(
        V1.ExecuteBatchRequest request, ServerCallContext context) => batches.Run(request, context);

    public override Task StreamCommands(
        IAsyncStreamReader<V1.StreamCommandsRequest> requestStream,
        IServerStreamWriter<V1.StreamCommandsResponse> responseStream,
        ServerCallContext context) => commandStreams.Run(requestStream, responseStream, context);

    public override async Task<V1.CancelOrdersResponse> CancelOrders(
        V1.CancelOrdersRequest request, ServerCallContext context)
    {
        CancelOrders cancel = MassCancel.Read(request, names);
        CommandReply reply = await Send(number => cancel with { CorrelationId = number }, "", "", context);
        return new() { OrderCount = reply.OrderCount };
    }

    public override Task<V1.GetOrderResponse> GetOrder(V1.GetOrderRequest request, ServerCallContext context)
    {
        KnownAccount account = AccountFilter.Known(names, request.Account);
        OrderRecord? order = request.HasOrderId
            ? views.Orders.Find(OrderIntake.OrderIdOf("order_id", request.OrderId))
            : views.Orders.Find(
                account.Id,
                OrderIntake.ClientOrderIdOf(
                    "id", "client_order_id", request.HasClientOrderId, request.ClientOrderId));
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
        OrderId order = request.OrderId.Length > 0
            ? OrderIntake.OrderIdOf("order_id", request.OrderId)
            : OrderId.None;
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

    /// <exception cref="RpcException">It was not taken, or no answer came in time.</exception>
    private async Task<CommandReply> Send<TCommand>(
        Func<long, TCommand> command, string clientOrderId, string orderId, ServerCallContext context)
        where TCommand : unmanaged, IMessage
    {
        CommandReply reply = await desk.Send(command, context.Deadline, context.CancellationToken)
            ?? throw RpcFailures.OutcomeUnknown(clientOrderId, orderId);
        RpcFailures.ThrowIfNotTaken(reply.Fate);
        return reply;
    }

    private V1.Order? OrderOf(CommandReply reply) => reply.Order is null ? null : mapping.Of(reply.Order);
}
