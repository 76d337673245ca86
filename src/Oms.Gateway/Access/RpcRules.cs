using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Oms.Gateway.Access;

/// <summary>The rule of every RPC, by its full name. An RPC without a rule is refused to everybody.</summary>
internal static class RpcRules
{
    private static readonly Func<object, ImmutableArray<string>> NoAccount = _ => [];

    /// <summary>Only who was granted all of them passes.</summary>
    private static readonly Func<object, ImmutableArray<string>> EveryAccount = _ => ["*"];

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
        ["/oms.v1.PositionService/ListPositions"] =
            Of<V1.ListPositionsRequest>(Right.Read, request => request.Account),
        ["/oms.v1.MarketDataService/ListInstruments"] = new(Right.Read, NoAccount),
        ["/oms.v1.MarketDataService/GetTopOfBook"] = new(Right.Read, NoAccount),
        ["/oms.v1.FirmService/DescribeAccounts"] =
            Of<V1.DescribeAccountsRequest>(Right.Read, request => request.Account),
        ["/oms.v1.FirmService/GetPortfolio"] = new(Right.Read, NoAccount),
        ["/oms.v1.FirmService/ListLimitVersions"] = new(Right.Read, NoAccount),
        ["/oms.v1.FirmService/SetLimits"] = new(
            Right.Administer,
            request => request is V1.SetLimitsRequest { Scope: V1.LimitScope.Account } set
                ? [set.Name]
                : EveryAccount(request)),
        ["/oms.v1.FirmService/ListPolicyChanges"] = new(Right.Administer, EveryAccount),
        ["/grpc.health.v1.Health/Check"] = new(Right.None, NoAccount),
        ["/grpc.health.v1.Health/Watch"] = new(Right.None, NoAccount),
    }.ToFrozenDictionary();

    private static RpcRule Of<TRequest>(Right right, Func<TRequest, string> accountOf) => new(
        right,
        request => accountOf((TRequest)request) is { Length: > 0 } account ? [account] : []);
}
