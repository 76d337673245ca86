using Oms.Cli.Trading;

namespace Oms.Cli.Firm;

/// <summary>Limits as scripts read them; null is no limit.</summary>
internal sealed record LimitValuesJson(
    string? OrderNotionalMax,
    int? OpenOrdersMax,
    int? OrdersPerWindowMax,
    int? OrderWindowMs,
    int? DuplicateWindowMs,
    string? LeverageMax,
    string? PositionValueMax,
    string? BalanceValueMax,
    string? LossMax)
{
    public static LimitValuesJson Of(V1.LimitValues values) => new(
        Wording.NullIfEmpty(values.OrderNotionalMax),
        NullIfZero(values.OpenOrdersMax),
        NullIfZero(values.OrdersPerWindowMax),
        NullIfZero(values.OrderWindowMs),
        NullIfZero(values.DuplicateWindowMs),
        Wording.NullIfEmpty(values.LeverageMax),
        Wording.NullIfEmpty(values.PositionValueMax),
        Wording.NullIfEmpty(values.BalanceValueMax),
        Wording.NullIfEmpty(values.LossMax));

    private static int? NullIfZero(int value) => value == 0 ? null : value;
}
