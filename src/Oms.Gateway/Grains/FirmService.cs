using System.Collections.Immutable;
using Grpc.Core;
using Oms.Domain.Configuration;
using Oms.Gateway.Access;
using Oms.Gateway.Api;
using Oms.Gateway.Listings;
using Oms.Grains.Accounts;
using Oms.Grains.Portfolio;
using Oms.Grains.Rebalancing;
using Oms.Grains.Risk;

namespace Oms.Gateway.Grains;

/// <summary>Tells what grains know, and takes limits to the grain that keeps them.</summary>
internal sealed class FirmService(GrainLink link, ListingNames names, SystemConfiguration configuration)
    : V1.FirmService.FirmServiceBase
{
    private const string CurrencyStandard = "USDT";
    private const int ChangesStandard = 100;

    /// <summary>Covered by a grant on all accounts only.</summary>
    private const string Everything = "*";

    public override Task<V1.DescribeAccountsResponse> DescribeAccounts(
        V1.DescribeAccountsRequest request, ServerCallContext context)
    {
        string[] accounts = Readable(request.Account, context);
        return AskAsync(
            async grains =>
            {
                AccountView[] views = await Task.WhenAll(
                    accounts.Select(account => grains.GetGrain<IAccountGrain>(account).GetView()));
                return new V1.DescribeAccountsResponse { Accounts = { views.Select(FirmMapping.Of) } };
            },
            context);
    }

    public override Task<V1.GetPortfolioResponse> GetPortfolio(
        V1.GetPortfolioRequest request, ServerCallContext context)
    {
        ImmutableArray<string> accounts = [.. Readable("", context)];
        string currency = request.Currency.Length > 0 ? request.Currency : CurrencyStandard;
        if (accounts.IsEmpty)
        {
            // No account at all would mean every one of them.
            return Task.FromResult(new V1.GetPortfolioResponse { Currency = currency, Total = new() });
        }

        return AskAsync(
            async grains => FirmMapping.Of(
                await grains.GetGrain<IPortfolioGrain>(IPortfolioGrain.Key).GetView(currency, accounts)),
            context);
    }

    public override Task<V1.ListLimitVersionsResponse> ListLimitVersions(
        V1.ListLimitVersionsRequest request, ServerCallContext context)
    {
        Identity caller = AccessInterceptor.CallerOf(context);
        return AskAsync(
            async grains => new V1.ListLimitVersionsResponse
            {
                Limits =
                {
                    (await Policy(grains).GetView()).Limits
                        .Select(FirmMapping.Of)
                        .Where(limits => caller.May(
                            Right.Read, limits.Scope == V1.LimitScope.Account ? limits.Name : Everything)),
                },
            },
            context);
    }

    public override Task<V1.SetLimitsResponse> SetLimits(V1.SetLimitsRequest request, ServerCallContext context)
    {
        var change = new LimitChange
        {
            Key = FirmMapping.KeyOf(request.Scope, request.Name),
            Limits = FirmMapping.Of(request.Values ?? new()),
            ExpectedVersion = request.ExpectedVersion,
            By = AccessInterceptor.CallerOf(context).Name,
        };
        return AskAsync(
            async grains =>
            {
                LimitReceipt receipt = await Policy(grains).SetLimits(change);
                return receipt.Decision switch
                {
                    LimitDecision.Accepted => new V1.SetLimitsResponse { Version = receipt.Version },
                    LimitDecision.Unknown => throw RpcFailures.LimitsNotFound(request.Name),
                    LimitDecision.VersionChanged => throw RpcFailures.LimitsChanged(receipt.Version),
                    LimitDecision.Invalid => throw RpcFailures.Invalid("values", receipt.Problem),
                };
            },
            context);
    }

    public override Task<V1.ListPolicyChangesResponse> ListPolicyChanges(
        V1.ListPolicyChangesRequest request, ServerCallContext context) => AskAsync(
            async grains => new V1.ListPolicyChangesResponse
            {
                Changes =
                {
                    (await Policy(grains).GetAudit(request.EntriesMax > 0 ? request.EntriesMax : ChangesStandard))
                        .Select(FirmMapping.Of),
                },
            },
            context);

    public override Task<V1.RebalanceResponse> Rebalance(V1.RebalanceRequest request, ServerCallContext context)
    {
        string[] mains =
        [
            .. configuration.Accounts.Where(account => account.Type == AccountType.Main)
                .Select(account => account.Name.ToString())
                .Where(name => request.Account.Length == 0 || name == request.Account),
        ];
        if (mains.Length == 0)
        {
            throw RpcFailures.Invalid("account", "is no main account");
        }

        string caller = AccessInterceptor.CallerOf(context).Name;
        return AskAsync(
            async grains =>
            {
                var response = new V1.RebalanceResponse();
                foreach (IRebalancerGrain family in mains.Select(main => grains.GetGrain<IRebalancerGrain>(main)))
                {
                    RebalanceView plan = request.IsDryRun ? await family.Plan() : await family.Run(caller);
                    response.Plans.Add(RebalanceMapping.Of(plan));
                }

                return response;
            },
            context);
    }

    private static IRiskPolicyGrain Policy(IGrainFactory grains) =>
        grains.GetGrain<IRiskPolicyGrain>(IRiskPolicyGrain.Key);

    private string[] Readable(string account, ServerCallContext context)
    {
        var readable = AccountFilter.Readable(context, names, account);
        return [.. names.Accounts.Where(known => readable.Contains(known.Id)).Select(known => known.Name)];
    }

    private async Task<TAnswer> AskAsync<TAnswer>(
        Func<IGrainFactory, Task<TAnswer>> question, ServerCallContext context)
    {
        if (link.Grains is not { } grains)
        {
            throw RpcFailures.GrainsUnreachable();
        }

        try
        {
            return await question(grains).WaitAsync(context.CancellationToken);
        }
        catch (Exception failure) when (failure is OrleansException or TimeoutException or IOException)
        {
            throw RpcFailures.GrainsUnreachable();
        }
    }
}
