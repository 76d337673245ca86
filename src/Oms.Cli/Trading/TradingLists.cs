namespace Oms.Cli.Trading;

/// <summary>Lists of the gateway, page after page, newest first.</summary>
internal static class TradingLists
{
    private const int PageRows = 1000;

    public static async Task<List<V1.Order>> OrdersAsync(
        GatewayConnection gateway,
        string account,
        IEnumerable<V1.OrderStatus> statuses,
        int rowsMax,
        CancellationToken cancellation)
    {
        var orders = new List<V1.Order>();
        var request = new V1.ListOrdersRequest { Account = account, Statuses = { statuses } };
        do
        {
            request.PageSize = Math.Min(PageRows, rowsMax - orders.Count);
            V1.ListOrdersResponse page = await gateway.Orders.ListOrdersAsync(
                request, deadline: GatewayConnection.Deadline, cancellationToken: cancellation);
            orders.AddRange(page.Orders);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0 && orders.Count < rowsMax);
        return orders;
    }

    public static async Task<List<V1.Transfer>> TransfersAsync(
        GatewayConnection gateway, string account, int rowsMax, CancellationToken cancellation)
    {
        var transfers = new List<V1.Transfer>();
        var request = new V1.ListTransfersRequest { Account = account };
        do
        {
            request.PageSize = Math.Min(PageRows, rowsMax - transfers.Count);
            V1.ListTransfersResponse page = await gateway.Accounts.ListTransfersAsync(
                request, deadline: GatewayConnection.Deadline, cancellationToken: cancellation);
            transfers.AddRange(page.Transfers);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0 && transfers.Count < rowsMax);
        return transfers;
    }

    /// <param name="orderId">Empty for all.</param>
    public static async Task<List<V1.Fill>> FillsAsync(
        GatewayConnection gateway, string account, string orderId, int rowsMax,
        CancellationToken cancellation)
    {
        var fills = new List<V1.Fill>();
        var request = new V1.ListFillsRequest { Account = account, OrderId = orderId };
        do
        {
            request.PageSize = Math.Min(PageRows, rowsMax - fills.Count);
            V1.ListFillsResponse page = await gateway.Orders.ListFillsAsync(
                request, deadline: GatewayConnection.Deadline, cancellationToken: cancellation);
            fills.AddRange(page.Fills);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0 && fills.Count < rowsMax);
        return fills;
    }
}
