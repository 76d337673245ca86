using Oms.Domain.Ids;
using Oms.Domain.Orders;

namespace Oms.Grains.Strategies;

/// <summary>An order of a strategy that is not known to be final.</summary>
/// <param name="Price">Mantissa at the instrument's price decimals.</param>
/// <param name="Quantity">Mantissa at the instrument's quantity decimals.</param>
public sealed record StrategyOrder(AccountId Account, ClientOrderId ClientOrderId, Side Side, long Price, long Quantity)
{
    /// <summary>What of it is filled, mantissa likewise.</summary>
    public long Filled { get; internal set; }

    /// <summary>A cancel is on its way.</summary>
    public bool IsCanceling { get; internal set; }
}
