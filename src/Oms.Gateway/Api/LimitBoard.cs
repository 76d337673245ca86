using System.Globalization;
using Oms.Domain.Configuration;
using Oms.Gateway.Events;
using Oms.Gateway.Listings;

namespace Oms.Gateway.Api;

/// <summary>The limits that the configuration sets, and how much of them is used.</summary>
internal sealed class LimitBoard(SystemConfiguration configuration, GatewayViews views)
{
    private readonly Dictionary<string, AccountConfiguration> _accounts =
        configuration.Accounts.ToDictionary(account => account.Name.ToString());

    /// <summary>Empty where there is none.</summary>
    public string FirmPositionValueMax => Text(configuration.Limits.FirmPositionValueMax);

    public V1.AccountLimits Of(KnownAccount account)
    {
        LimitsConfiguration limits = configuration.Limits;
        AccountConfiguration? configured = _accounts.GetValueOrDefault(account.Name);
        AccountLimitsConfiguration own = configured is not null
            && limits.Accounts.TryGetValue(configured.Name, out AccountLimitsConfiguration? given)
                ? given.Over(limits.AccountDefaults)
                : limits.AccountDefaults;
        return new()
        {
            Account = account.Name,
            ValuationAsset = limits.ValuationAsset,
            OpenOrdersMax = own.OpenOrdersMax ?? limits.OpenOrdersPerAccountMax,
            OpenOrders = views.Orders.OpenCountOf(account.Id),
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
