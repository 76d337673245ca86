using System.Collections.Frozen;
using Grpc.Core;
using Oms.Domain.Ids;
using Oms.Gateway.Access;
using Oms.Gateway.Listings;

namespace Oms.Gateway.Api;

/// <summary>Shows limits; halts and resumes through FastPath.</summary>
internal sealed class RiskService(
    ListingNames names, LimitBoard limits, HaltBoard halts, Halting halting) : V1.RiskService.RiskServiceBase
{
    public override Task<V1.ListLimitsResponse> ListLimits(
        V1.ListLimitsRequest request, ServerCallContext context)
    {
        FrozenSet<AccountId> accounts = AccountFilter.Readable(context, names, request.Account);
        return Task.FromResult(new V1.ListLimitsResponse
        {
            Limits =
            {
                names.Accounts.Where(account => accounts.Contains(account.Id))
                    .Select(limits.Of),
            },
            FirmPositionValueMax = limits.FirmPositionValueMax,
        });
    }

    public override Task<V1.ListHaltsResponse> ListHalts(
        V1.ListHaltsRequest request, ServerCallContext context)
    {
        Identity caller = AccessInterceptor.CallerOf(context);
        return Task.FromResult(new V1.ListHaltsResponse
        {
            Halts =
            {
                halts.All.Where(halt =>
                    halt.Scope != V1.HaltScope.Account || caller.May(Right.Read, halt.Name)),
            },
        });
    }

    public override async Task<V1.HaltResponse> Halt(V1.HaltRequest request, ServerCallContext context) =>
        new()
        {
            Halt = await halting.Change(
                request.Scope,
                request.Name,
                isHalted: true,
                request.WaitForConfirmation,
                AccessInterceptor.CallerOf(context).Name,
                context.Deadline,
                context.CancellationToken),
        };

    public override async Task<V1.ResumeResponse> Resume(
        V1.ResumeRequest request, ServerCallContext context) =>
        new()
        {
            Halt = await halting.Change(
                request.Scope,
                request.Name,
                isHalted: false,
                isAwaited: false,
                AccessInterceptor.CallerOf(context).Name,
                context.Deadline,
                context.CancellationToken),
        };
}
