using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Oms.Gateway.Access;

/// <summary>The rule of every RPC, by its full name. An RPC without a rule is refused to everybody.</summary>
internal static class RpcRules
{
    private static readonly Func<object, ImmutableArray<string>> NoAccount = _ => [];

    public static FrozenDictionary<string, RpcRule> All { get; } = new Dictionary<string, RpcRule>
    {
        ["/oms.v1.OrderService/PlaceOrder"] =
            Of<V1.PlaceOrderRequest>(Right.Trade, request => request.Account),
        ["/oms.v1.OrderService/CancelOrder"] =
            Of<V1.CancelOrderRequest>(Right.Trade, request => request.Account),
        ["/oms.v1.OrderService/GetOrder"] = Of<V1.GetOrderRequest>(Right.Read, request => request.Account),
        ["/oms.v1.OrderService/ListOrders"] =
            Of<V1.ListOrdersRequest>(Right.Read, request => request.Account),
        ["/oms.v1.OrderService/ListFills"] = Of<V1.ListFillsRequest>(Right.Read, request => request.Account),
        ["/oms.v1.OrderService/StreamExecutions"] = new(
            Right.Read,
            request => [.. ((V1.StreamExecutionsRequest)request).Starts.Select(start => start.Account)]),
        ["/oms.v1.AccountService/ListAccounts"] = new(Right.Read, NoAccount),
        ["/oms.v1.AccountService/ListBalances"] =
            Of<V1.ListBalancesRequest>(Right.Read, request => request.Account),
        ["/oms.v1.AccountService/StartTransfer"] = new(
            Right.Transfer,
            request => request is V1.StartTransferRequest start ? Named(start.FromAccount, start.ToAccount) : []),
        ["/oms.v1.AccountService/GetTransfer"] = Of<V1.GetTransferRequest>(Right.Read, request => request.Account),
        ["/oms.v1.AccountService/ListTransfers"] =
            Of<V1.ListTransfersRequest>(Right.Read, request => request.Account),
        ["/oms.v1.PositionService/ListPositions"] =
            Of<V1.ListPositionsRequest>(Right.Read, request => request.Account),
        ["/oms.v1.MarketDataService/ListInstruments"] = new(Right.Read, NoAccount),
        ["/oms.v1.MarketDataService/GetTopOfBook"] = new(Right.Read, NoAccount),
        ["/grpc.health.v1.Health/Check"] = new(Right.None, NoAccount),
        ["/grpc.health.v1.Health/Watch"] = new(Right.None, NoAccount),
    }.ToFrozenDictionary();

    private static ImmutableArray<string> Named(params ReadOnlySpan<string> accounts) =>
        [.. accounts.ToArray().Where(account => account.Length > 0)];

    private static RpcRule Of<TRequest>(Right right, Func<TRequest, string> accountOf) => new(
        right,
        request => accountOf((TRequest)request) is { Length: > 0 } account ? [account] : []);
}
