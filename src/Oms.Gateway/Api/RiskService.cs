using System.Collections.Frozen;
using System.Globalization;
using Grpc.Core;
using Oms.Domain.Accounts;
using Oms.Domain.Configuration;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Text;
using Oms.Gateway.Access;
using Oms.Gateway.Commands;
using Oms.Gateway.Events;
using Oms.Gateway.Listings;

namespace Oms.Gateway.Api;

/// <summary>Shows limits; halts and resumes through FastPath.</summary>
internal sealed class RiskService(
    SystemConfiguration configuration,
    ListingNames names,
    GatewayViews views,
    HaltBoard halts,
    CommandDesk desk) : V1.RiskService.RiskServiceBase
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
                    .Select(account => LimitsOf(account, views.Orders.OpenCountOf(account.Id))),
            },
            FirmPositionValueMax = Text(configuration.Limits.FirmPositionValueMax),
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
            Halt = await Change(
                request.Scope, request.Name, isHalted: true, request.WaitForConfirmation, context),
        };

    public override async Task<V1.ResumeResponse> Resume(
        V1.ResumeRequest request, ServerCallContext context) =>
        new() { Halt = await Change(request.Scope, request.Name, isHalted: false, isAwaited: false, context) };

    private async Task<V1.Halt> Change(
        V1.HaltScope scope, string name, bool isHalted, bool isAwaited, ServerCallContext context)
    {
        ChangeHalt command = Read(scope, name, isHalted, AccessInterceptor.CallerOf(context).Name);
        var waiter = new AwaitedReply(reply => !isAwaited || reply.Halt != HaltState.Halted);
        CommandReply? reply = await desk.Send(
            number => command with { CorrelationId = number }, waiter, context.Deadline, context.CancellationToken);
        if (reply is null)
        {
            throw waiter.Newest is null ? RpcFailures.HaltUnanswered() : RpcFailures.HaltNotConfirmed();
        }

        RpcFailures.ThrowIfNotTaken(reply.Fate);
        if (isHalted && reply.Halt == HaltState.Resumed)
        {
            throw RpcFailures.ScopeNotFound(name);
        }

        return new()
        {
            Scope = scope,
            Name = name,
            State = (V1.HaltState)reply.Halt.GetValueOrDefault(),
            Reason = isHalted ? HaltBoard.TextOf(HaltReason.Command) : "",
            By = command.By.ToString(),
        };
    }

    private ChangeHalt Read(V1.HaltScope scope, string name, bool isHalted, string by)
    {
        FieldCheck.Enumeration("scope", scope, isRequired: true);
        if (scope == V1.HaltScope.Order)
        {
            throw RpcFailures.Invalid("scope", "an order is canceled, or halted with `oms halt --order`");
        }

        if ((scope == V1.HaltScope.Firm) != (name.Length == 0))
        {
            throw RpcFailures.Invalid("name", "is given for an account or an exchange, and for nothing else");
        }

        bool isExchange = scope == V1.HaltScope.Exchange;
        if (isExchange && !names.Accounts.Any(account => account.Exchange == name))
        {
            throw RpcFailures.ScopeNotFound(name);
        }

        return new()
        {
            Header = MessageHeader.For<ChangeHalt>(
                scope == V1.HaltScope.Account ? AccountFilter.Known(names, name).Id : AccountId.None),
            Scope = (HaltScope)scope,
            IsHalted = isHalted ? (byte)1 : (byte)0,
            OrderId = OrderId.None,
            Exchange = Text16.Of(isExchange ? name : ""),
            CorrelationId = 0,
            By = Text32.OfTruncated(by),
        };
    }

    private V1.AccountLimits LimitsOf(KnownAccount account, int openOrders)
    {
        LimitsConfiguration limits = configuration.Limits;
        AccountConfiguration? configured = configuration.Accounts
            .FirstOrDefault(candidate => candidate.Name.ToString() == account.Name);
        AccountLimitsConfiguration own = configured is not null
            && limits.Accounts.TryGetValue(configured.Name, out AccountLimitsConfiguration? given)
                ? given.Over(limits.AccountDefaults)
                : limits.AccountDefaults;
        return new()
        {
            Account = account.Name,
            ValuationAsset = limits.ValuationAsset,
            OpenOrdersMax = own.OpenOrdersMax ?? limits.OpenOrdersPerAccountMax,
            OpenOrders = openOrders,
            OrdersPerWindowMax = own.OrdersPerWindowMax ?? 0,
            OrderWindowMs = own.OrderWindowMs ?? 0,
            OrderNotionalMax = Text(own.OrderNotionalMax ?? limits.OrderNotionalMax),
            LossMax = Text(own.LossMax),
            PositionValueMax = Text(configured?.PositionMaxUsdt),
            BalanceValueMax = Text(configured?.BalanceMaxUsdt),
            LeverageMax = Text(configured?.LeverageMax),
        };
    }

    private static string Text(decimal? amount) =>
        amount is { } given ? given.ToString("0.##################", CultureInfo.InvariantCulture) : "";
}
