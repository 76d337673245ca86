using System.Globalization;
using System.Text.Json;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Grains.Accounts;
using Oms.Grains.Portfolio;
using Oms.Grains.Risk;

namespace Oms.Gateway.Grains;

/// <summary>What grains say in the words of the contract.</summary>
internal static class FirmMapping
{
    public static V1.AccountDescription Of(AccountView view)
    {
        var account = new V1.AccountDescription
        {
            Account = view.Account,
            Type = view.Settings is { } settings ? Snake(settings.Type.ToString()) : "",
            Parent = view.Settings?.Parent ?? "",
            Strategy = view.Settings?.Strategy ?? "",
            Condition = (V1.AccountCondition)view.Health.Condition,
            KeyStatus = Snake(view.Key.Status.ToString()),
            KeyProvenUnixNanos = view.Key.ProvenUnixNanos,
            Limits = view.Limits is { } limits ? Of(limits) : null,
            LastSequence = view.LastSequence,
        };
        account.Markets.AddRange(new[] { Market.Spot, Market.Futures }
            .Where(market => view.Settings?.Markets.HasFlag((MarketFlags)market) == true)
            .Select(market => (V1.Market)market));
        account.Reasons.AddRange(view.Health.Reasons.Select(reason => new V1.ConditionReason
        {
            Condition = (V1.AccountCondition)reason.Condition,
            Text = reason.Text,
            AgeMs = reason.AgeMs,
        }));
        return account;
    }

    public static V1.LimitVersion Of(LimitView view) => new()
    {
        Scope = ScopeOf(view.Key.Scope),
        Name = view.Key.Name,
        Values = Of(view.Limits),
        Version = view.Version,
        ConfirmedVersion = view.ConfirmedVersion,
        Problem = view.Problem,
    };

    public static V1.LimitValues Of(LimitSet limits) => new()
    {
        OrderNotionalMax = Text(limits.OrderNotionalMax),
        OpenOrdersMax = limits.OpenOrdersMax ?? 0,
        OrdersPerWindowMax = limits.OrdersPerWindowMax ?? 0,
        OrderWindowMs = limits.OrderWindowMs ?? 0,
        DuplicateWindowMs = limits.DuplicateWindowMs ?? 0,
        LeverageMax = Text(limits.LeverageMax),
        PositionValueMax = Text(limits.PositionValueMax),
        BalanceValueMax = Text(limits.BalanceValueMax),
        LossMax = Text(limits.LossMax),
    };

    /// <exception cref="Grpc.Core.RpcException">A limit is no decimal.</exception>
    public static LimitSet Of(V1.LimitValues limits) => new()
    {
        OrderNotionalMax = Amount("order_notional_max", limits.OrderNotionalMax),
        OpenOrdersMax = Count(limits.OpenOrdersMax),
        OrdersPerWindowMax = Count(limits.OrdersPerWindowMax),
        OrderWindowMs = Count(limits.OrderWindowMs),
        DuplicateWindowMs = Count(limits.DuplicateWindowMs),
        LeverageMax = Amount("leverage_max", limits.LeverageMax),
        PositionValueMax = Amount("position_value_max", limits.PositionValueMax),
        BalanceValueMax = Amount("balance_value_max", limits.BalanceValueMax),
        LossMax = Amount("loss_max", limits.LossMax),
    };

    /// <exception cref="Grpc.Core.RpcException">The scope is not said, or its name does not fit it.</exception>
    public static LimitKey KeyOf(V1.LimitScope scope, string name)
    {
        if ((scope == V1.LimitScope.Firm) != (name.Length == 0))
        {
            throw Api.RpcFailures.Invalid("name", "is given for an account or a group, and for nothing else");
        }

        return new(
            scope switch
            {
                V1.LimitScope.Account => LimitScope.Account,
                V1.LimitScope.Group => LimitScope.Group,
                V1.LimitScope.Firm => LimitScope.Firm,
                _ => throw Api.RpcFailures.Invalid("scope", "is not given"),
            },
            name);
    }

    public static V1.PolicyChange Of(AuditEntry entry) => new()
    {
        UnixNanos = entry.UnixNanos,
        Action = Snake(entry.Action.ToString()),
        By = entry.By,
        Subject = entry.Subject,
        Version = entry.Version,
        Old = entry.Old is { } old ? Of(old) : null,
        New = entry.New is { } now ? Of(now) : null,
        Detail = entry.Detail,
    };

    public static V1.GetPortfolioResponse Of(PortfolioView view)
    {
        var response = new V1.GetPortfolioResponse
        {
            Currency = view.Currency,
            UnixNanos = view.UnixNanos,
            Total = new()
            {
                Equity = Text(view.Equity),
                RealizedPnl = Text(view.RealizedPnl),
                UnrealizedPnl = Text(view.UnrealizedPnl),
                Fees = Text(view.Fees),
                Funding = Text(view.Funding),
            },
        };
        response.Accounts.AddRange(view.Accounts.Select(Of));
        response.Exposures.AddRange(view.Exposures.Select(Of));
        response.Hedges.AddRange(view.Hedges.Select(Of));
        response.Prices.AddRange(view.Prices.Select(price => new V1.ConversionPrice
        {
            Asset = price.Key,
            Name = price.Value.Name,
            Price = Text(price.Value.Price),
            UnixNanos = price.Value.UnixNanos,
        }));
        response.Unpriced.AddRange(view.Unpriced);
        return response;
    }

    private static V1.PortfolioAccount Of(PortfolioAccount account) => new()
    {
        Account = account.Account,
        Condition = (V1.AccountCondition)account.Condition,
        LastSequence = account.LastSequence,
        Equity = Text(account.Equity),
        RealizedPnl = Text(account.RealizedPnl),
        UnrealizedPnl = Text(account.UnrealizedPnl),
        Fees = Text(account.Fees),
        Funding = Text(account.Funding),
    };

    private static V1.AssetExposure Of(AssetExposure exposure)
    {
        var row = new V1.AssetExposure
        {
            Asset = exposure.Asset,
            Held = Text(exposure.Held),
            Derivatives = Text(exposure.Derivatives),
            Net = Text(exposure.Net),
            Value = Text(exposure.Value),
        };
        row.Accounts.AddRange(exposure.Accounts.Select(Of));
        return row;
    }

    private static V1.Hedge Of(Hedge hedge)
    {
        var row = new V1.Hedge
        {
            Asset = hedge.Asset,
            Hedged = Text(hedge.Hedged),
            Net = Text(hedge.Net),
            HedgedValue = Text(hedge.HedgedValue),
        };
        row.Longs.AddRange(hedge.Longs.Select(Of));
        row.Shorts.AddRange(hedge.Shorts.Select(Of));
        return row;
    }

    private static V1.AccountShare Of(AccountShare share) =>
        new() { Account = share.Account, Quantity = Text(share.Quantity) };

    private static V1.LimitScope ScopeOf(LimitScope scope) => scope switch
    {
        LimitScope.Account => V1.LimitScope.Account,
        LimitScope.Group => V1.LimitScope.Group,
        LimitScope.Firm => V1.LimitScope.Firm,
        LimitScope.Instrument => V1.LimitScope.Unspecified,
    };

    private static int? Count(int value) => value == 0 ? null : value;

    private static decimal? Amount(string field, string text) =>
        text.Length == 0 ? null
        : decimal.TryParse(
            text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
            out decimal amount) ? amount
        : throw Api.RpcFailures.Invalid(field, $"'{text}' is no decimal");

    /// <summary>With at most 8 decimals and without zeros at the end; empty for none.</summary>
    private static string Text(decimal? amount) =>
        amount?.ToString("0.########", CultureInfo.InvariantCulture) ?? "";

    private static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
