using Oms.Domain.Messages;

namespace Oms.Grains.Risk;

/// <summary>What limits must be, so that FastPath can count in them.</summary>
internal static class LimitRules
{
    /// <summary>Of an amount: what 8 decimals leave of 64 bits, rounded down.</summary>
    public const decimal AmountMax = 90_000_000_000m;

    private const int AmountDecimals = 8;
    private const int LeverageDecimals = 2;
    private const int LeverageMaxMax = 1000;

    /// <returns>What is wrong, and with which limit; null when nothing is.</returns>
    public static string? Problem(LimitScope scope, LimitSet limits)
    {
        if (scope != LimitScope.Account
            && limits with { PositionValueMax = null } != new LimitSet())
        {
            return "a group or the firm is limited by position_value_max alone";
        }

        return Amount("order_notional_max", limits.OrderNotionalMax)
            ?? Amount("position_value_max", limits.PositionValueMax)
            ?? Amount("balance_value_max", limits.BalanceValueMax)
            ?? Amount("loss_max", limits.LossMax)
            ?? Number("leverage_max", limits.LeverageMax, LeverageMaxMax, LeverageDecimals)
            ?? Number("open_orders_max", limits.OpenOrdersMax, int.MaxValue, 0)
            ?? Number("orders_per_window_max", limits.OrdersPerWindowMax, int.MaxValue, 0)
            ?? Number("order_window_ms", limits.OrderWindowMs, int.MaxValue, 0)
            ?? Number("duplicate_window_ms", limits.DuplicateWindowMs, int.MaxValue, 0)
            ?? (limits.OrdersPerWindowMax is not null && limits.OrderWindowMs is null
                ? "orders_per_window_max needs order_window_ms"
                : null);
    }

    private static string? Amount(string name, decimal? value) => Number(name, value, AmountMax, AmountDecimals);

    private static string? Number(string name, decimal? value, decimal max, int decimals) => value switch
    {
        null => null,
        <= 0 => $"{name} must be above 0; leave it out for no limit",
        _ when value > max => $"{name} must be at most {max}",
        _ when decimal.Round(value.Value, decimals) != value => $"{name} has more than {decimals} decimals",
        _ => null,
    };
}
