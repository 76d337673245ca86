using System.Collections.Frozen;
using System.Collections.Immutable;
using Oms.Gateway.Api;

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
            Of<V1.PlaceOrderRequest>(Right.Trade, request => request.Account, RpcTraits.Change),
        ["/oms.v1.OrderService/CancelOrder"] = Of<V1.CancelOrderRequest>(
            Right.Trade, request => request.Account, RpcTraits.Change | RpcTraits.Urgent),
        ["/oms.v1.OrderService/AmendOrder"] =
            Of<V1.AmendOrderRequest>(Right.Trade, request => request.Account, RpcTraits.Change),
        ["/oms.v1.OrderService/ReplaceOrder"] =
            Of<V1.ReplaceOrderRequest>(Right.Trade, request => request.Order?.Account ?? "", RpcTraits.Change),
        ["/oms.v1.OrderService/PlaceOrderList"] = Of<V1.PlaceOrderListRequest>(
            Right.Trade, request => request.Orders.Select(order => order.Account), RpcTraits.Change),
        ["/oms.v1.OrderService/ExecuteBatch"] = Of<V1.ExecuteBatchRequest>(
            Right.Trade, request => request.Commands.Select(CommandIntake.AccountOf), RpcTraits.Change),
        ["/oms.v1.OrderService/CancelOrders"] = Of<V1.CancelOrdersRequest>(
            Right.Trade,
            request => Scope(request.Account, request.Exchange),
            RpcTraits.Change | RpcTraits.Urgent),
        ["/oms.v1.OrderService/StreamCommands"] = new(Right.Trade, NoAccount),
        ["/oms.v1.OrderService/GetOrder"] = Of<V1.GetOrderRequest>(Right.Read, request => request.Account),
        ["/oms.v1.OrderService/ListOrders"] =
            Of<V1.ListOrdersRequest>(Right.Read, request => request.Account),
        ["/oms.v1.OrderService/ListFills"] = Of<V1.ListFillsRequest>(Right.Read, request => request.Account),
        ["/oms.v1.OrderService/StreamExecutions"] = Of<V1.StreamExecutionsRequest>(
            Right.Read, request => request.Starts.Select(start => start.Account)),
        ["/oms.v1.AccountService/ListAccounts"] = new(Right.Read, NoAccount),
        ["/oms.v1.AccountService/ListBalances"] =
            Of<V1.ListBalancesRequest>(Right.Read, request => request.Account),
        ["/oms.v1.AccountService/StartTransfer"] = new(
            Right.Transfer,
            request => request is V1.StartTransferRequest start ? Named(start.FromAccount, start.ToAccount) : [],
            RpcTraits.Change),
        ["/oms.v1.AccountService/GetTransfer"] = Of<V1.GetTransferRequest>(Right.Read, request => request.Account),
        ["/oms.v1.AccountService/ListTransfers"] =
            Of<V1.ListTransfersRequest>(Right.Read, request => request.Account),
        ["/oms.v1.PositionService/ListPositions"] =
            Of<V1.ListPositionsRequest>(Right.Read, request => request.Account),
        ["/oms.v1.PositionService/StreamPositions"] =
            Of<V1.StreamPositionsRequest>(Right.Read, request => request.Account),
        ["/oms.v1.MarketDataService/ListInstruments"] = new(Right.Read, NoAccount),
        ["/oms.v1.MarketDataService/GetTopOfBook"] = new(Right.Read, NoAccount),
        ["/oms.v1.MarketDataService/StreamTopOfBook"] = new(Right.Read, NoAccount),
        ["/oms.v1.MarketDataService/GetBook"] = new(Right.Read, NoAccount),
        ["/oms.v1.MarketDataService/StreamBook"] = new(Right.Read, NoAccount),
        ["/oms.v1.MarketDataService/GetConsolidatedBook"] = new(Right.Read, NoAccount),
        ["/oms.v1.MarketDataService/StreamConsolidatedBook"] = new(Right.Read, NoAccount),
        ["/oms.v1.RiskService/ListLimits"] =
            Of<V1.ListLimitsRequest>(Right.Read, request => request.Account),
        ["/oms.v1.RiskService/ListHalts"] = new(Right.Read, NoAccount),
        ["/oms.v1.RiskService/Halt"] = Of<V1.HaltRequest>(
            Right.Administer, request => Scope(request.Scope, request.Name), RpcTraits.Change | RpcTraits.Urgent),
        ["/oms.v1.RiskService/Resume"] = Of<V1.ResumeRequest>(
            Right.Administer, request => Scope(request.Scope, request.Name), RpcTraits.Change | RpcTraits.Urgent),
        ["/oms.v1.AdminService/ListExchanges"] = new(Right.Administer, NoAccount),
        ["/oms.v1.AdminService/ListProcesses"] = new(Right.Administer, NoAccount),
        ["/oms.v1.AdminService/GetLogLevel"] = new(Right.Administer, NoAccount),
        ["/oms.v1.AdminService/SetLogLevel"] = new(Right.Administer, NoAccount, RpcTraits.Change),
        ["/oms.v1.AdminService/ReconcileAccount"] = Of<V1.ReconcileAccountRequest>(
            Right.Administer, request => request.Account, RpcTraits.Change),
        ["/oms.v1.FirmService/DescribeAccounts"] =
            Of<V1.DescribeAccountsRequest>(Right.Read, request => request.Account),
        ["/oms.v1.FirmService/GetPortfolio"] = new(Right.Read, NoAccount),
        ["/oms.v1.FirmService/ListLimitVersions"] = new(Right.Read, NoAccount),
        ["/oms.v1.FirmService/SetLimits"] = new(
            Right.Administer,
            request => request is V1.SetLimitsRequest { Scope: V1.LimitScope.Account } set
                ? [set.Name]
                : EveryAccount(request),
            RpcTraits.Change),
        ["/oms.v1.FirmService/ListPolicyChanges"] = new(Right.Administer, EveryAccount),
        ["/oms.v1.FirmService/Rebalance"] = Of<V1.RebalanceRequest>(
            Right.Transfer, request => Scope("", request.Account.Split('/')[0]), RpcTraits.Change),
        ["/grpc.health.v1.Health/Check"] = new(Right.None, NoAccount),
        ["/grpc.health.v1.Health/Watch"] = new(Right.None, NoAccount),
        ["/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"] = new(Right.None, NoAccount),
    }.ToFrozenDictionary();

    private static ImmutableArray<string> Named(params ReadOnlySpan<string> accounts) =>
        [.. accounts.ToArray().Where(account => account.Length > 0)];

    /// <summary>An account, or all that an exchange has, or all there are: who asks must be granted the whole.
    /// </summary>
    private static string[] Scope(string account, string exchange) =>
        [account.Length > 0 ? account : exchange.Length > 0 ? $"{exchange}/*" : "*"];

    private static string[] Scope(V1.HaltScope scope, string name) => scope switch
    {
        V1.HaltScope.Exchange => Scope("", name),
        V1.HaltScope.Firm => Scope("", ""),
        _ => Scope(name, ""),
    };

    private static RpcRule Of<TRequest>(
        Right right, Func<TRequest, string> accountOf, RpcTraits traits = RpcTraits.None) =>
        Of<TRequest>(right, request => [accountOf(request)], traits);

    private static RpcRule Of<TRequest>(
        Right right, Func<TRequest, IEnumerable<string>> accountsOf, RpcTraits traits = RpcTraits.None) => new(
        right,
        request => [.. accountsOf((TRequest)request).Where(account => account.Length > 0).Distinct()],
        traits);
}
