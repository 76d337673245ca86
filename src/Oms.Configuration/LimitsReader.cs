using System.Numerics;
using Oms.Configuration.Yaml;
using Oms.Domain.Configuration;

namespace Oms.Configuration;

/// <summary>Reads <c>limits.yaml</c>.</summary>
internal static class LimitsReader
{
    private const int RingCapacityBytesMin = 1 << 16;
    private const int RingCapacityBytesMax = 1 << 30;

    public static Located<LimitsConfiguration> Read(Section root)
    {
        Section? risk = root.Child("risk");
        Section? capacity = root.Child("capacity");
        var limits = new LimitsConfiguration
        {
            OrderNotionalMax = risk?.Number("order_notional_max", 0.00000001m, 10_000_000_000m) ?? 0,
            PriceCollarBasisPoints = risk?.Integer("price_collar_basis_points", 1, 10_000) ?? 0,
            ReferencePriceAgeMaxMs = risk?.Integer("reference_price_age_max_ms", 1, 3_600_000) ?? 0,
            CommandAgeMaxMs = risk?.Integer("command_age_max_ms", 1, 3_600_000) ?? 0,
            OpenOrdersPerAccountMax = risk?.Integer("open_orders_per_account_max", 1, 1_000_000) ?? 0,
            OrdersHeldMax = capacity?.Integer("orders_held_max", 1, 10_000_000) ?? 0,
            AccountsMax = capacity?.Integer("accounts_max", 1, 65_535) ?? 0,
            InstrumentsMax = capacity?.Integer("instruments_max", 1, 65_535) ?? 0,
            RingCapacityBytes =
                capacity?.Integer("ring_capacity_bytes", RingCapacityBytesMin, RingCapacityBytesMax) ?? 0,
        };

        if (limits.RingCapacityBytes != 0 && !BitOperations.IsPow2(limits.RingCapacityBytes))
        {
            capacity?.Problem("ring_capacity_bytes", $"{limits.RingCapacityBytes} is not a power of two");
        }

        if (limits.OrdersHeldMax != 0 && limits.OpenOrdersPerAccountMax > limits.OrdersHeldMax)
        {
            risk?.Problem(
                "open_orders_per_account_max",
                $"{limits.OpenOrdersPerAccountMax} is above capacity.orders_held_max, " +
                $"{limits.OrdersHeldMax}");
        }

        return root.Locate(limits);
    }
}
