using Grpc.Core;
using Oms.Domain.Accounts;
using Oms.Domain.Configuration;
using Oms.Gateway.Health;
using Oms.Gateway.Listings;
using Serilog.Core;
using Serilog.Events;

namespace Oms.Gateway.Api;

/// <summary>For who runs the OMS.</summary>
internal sealed class AdminService(
    SystemConfiguration configuration,
    ListingNames names,
    StateReader state,
    ProcessBoard processes,
    ReconcileCalls reconciliation,
    LoggingLevelSwitch level,
    ILogger<AdminService> logger) : V1.AdminService.AdminServiceBase
{
    public override Task<V1.ListExchangesResponse> ListExchanges(
        V1.ListExchangesRequest request, ServerCallContext context) =>
        Task.FromResult(new V1.ListExchangesResponse { Exchanges = { configuration.Exchanges.Select(Of) } });

    public override Task<V1.ListProcessesResponse> ListProcesses(
        V1.ListProcessesRequest request, ServerCallContext context) =>
        Task.FromResult(new V1.ListProcessesResponse
        {
            Processes =
            {
                processes.All.Select(process => new V1.ProcessStatus
                {
                    Role = process.Role,
                    Pid = process.Pid,
                    State = ProcessBoard.TextOf(process),
                    Detail = process.Detail,
                    HeardMsAgo = (long)process.HeartbeatAge.TotalMilliseconds,
                }),
            },
        });

    public override Task<V1.ReconcileAccountResponse> ReconcileAccount(
        V1.ReconcileAccountRequest request, ServerCallContext context) =>
        reconciliation.Reconcile(request, context);

    public override Task<V1.GetLogLevelResponse> GetLogLevel(
        V1.GetLogLevelRequest request, ServerCallContext context) =>
        Task.FromResult(new V1.GetLogLevelResponse { Level = (V1.LogLevel)level.MinimumLevel });

    public override Task<V1.SetLogLevelResponse> SetLogLevel(
        V1.SetLogLevelRequest request, ServerCallContext context)
    {
        FieldCheck.Enumeration("level", request.Level, isRequired: true);
        // The contract's levels have the logger's numbers: verbose is not offered, and 0 there is "not said" here.
        level.MinimumLevel = (LogEventLevel)request.Level;
        logger.LevelChanged(request.Level.ToString());
        return Task.FromResult(new V1.SetLogLevelResponse { Level = (V1.LogLevel)level.MinimumLevel });
    }

    private V1.Exchange Of(ExchangeConfiguration exchange)
    {
        KnownAccount[] accounts = [.. names.Accounts.Where(account => account.Exchange == exchange.Name)];
        return new()
        {
            Name = exchange.Name,
            IsInternal = exchange.IsMatchedHere,
            Markets =
            {
                exchange.Listings.Select(listing => (V1.Market)listing.Market).Distinct().Order(),
            },
            Accounts = accounts.Length,
            AccountsReady = accounts.Count(account => state.GateOf(account)?.Gate == AccountGate.Ready),
        };
    }
}
