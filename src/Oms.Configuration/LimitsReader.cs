using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Numerics;
using Oms.Configuration.Yaml;
using Oms.Domain.Accounts;
using Oms.Domain.Configuration;

namespace Oms.Configuration;

/// <summary>Reads <c>limits.yaml</c>.</summary>
internal static class LimitsReader
{
    /// <summary>The smallest limit: one that is left out limits nothing, one of 0 cannot be told from it.
    /// </summary>
    public const decimal LimitMin = 0.00000001m;

    private const decimal AmountMax = 1_000_000_000m;
    private const decimal NotionalMax = 10_000_000_000m;
    public const string OrderQuantityMax = "order_quantity_max";
    public const string PositionQuantityMax = "position_quantity_max";

    private const int ProducersStandard = 64;
    private const int TransfersHeldStandard = 4096;
    private const int RingCapacityBytesMin = 1 << 16;
    private const int RingCapacityBytesMax = 1 << 30;

    public static LimitsFile Read(Section root)
    {
        Section? risk = root.Child("risk");
        Section? capacity = root.Child("capacity");
        ImmutableArray<Located<InstrumentLimitsConfiguration>> instruments =
            ReadInstruments(risk?.ChildIfSet("instruments"));
        int ringBytes = ReadRingCapacity(capacity, "ring_capacity_bytes", standard: null);
        var limits = new LimitsConfiguration
        {
            OrderNotionalMax = risk?.Number("order_notional_max", LimitMin, NotionalMax) ?? 0,
            PriceCollarBasisPoints = risk?.Integer("price_collar_basis_points", 0, 10_000) ?? 0,
            ReferencePriceAgeMaxMs = risk?.Integer("reference_price_age_max_ms", 1, 3_600_000) ?? 0,
            CommandAgeMaxMs = risk?.Integer("command_age_max_ms", 1, 3_600_000) ?? 0,
            OpenOrdersPerAccountMax = risk?.Integer("open_orders_per_account_max", 1, 1_000_000) ?? 0,
            ValuationAsset = risk?.TextIfSet("valuation_asset") ?? "USDT",
            AccountDefaults = ReadAccount(risk?.ChildIfSet("account_defaults")),
            Accounts = ReadAccounts(risk?.ChildIfSet("accounts")),
            Instruments = [.. instruments.Select(instrument => instrument.Value)],
            GroupPositionValueMax = (risk?.ChildIfSet("groups")?.Children() ?? []).ToFrozenDictionary(
                group => group.Name, group => group.Number("position_value_max", LimitMin, AmountMax)),
            FirmPositionValueMax =
                risk?.ChildIfSet("firm")?.NumberIfSet("position_value_max", LimitMin, AmountMax),
            OrdersHeldMax = capacity?.Integer("orders_held_max", 1, 10_000_000) ?? 0,
            TransfersHeldMax = capacity?.IntegerIfSet("transfers_held_max", 1, 1_000_000) ?? TransfersHeldStandard,
            AccountsMax = capacity?.Integer("accounts_max", 1, 65_535) ?? 0,
            InstrumentsMax = capacity?.Integer("instruments_max", 1, 65_535) ?? 0,
            ProducersMax = capacity?.IntegerIfSet("producers_max", 2, 1024) ?? ProducersStandard,
            RingCapacityBytes = ringBytes,
            BusyRingCapacityBytes = ReadRingCapacity(capacity, "busy_ring_capacity_bytes", standard: ringBytes),
        };

        if (limits.OrdersHeldMax != 0 && limits.OpenOrdersPerAccountMax > limits.OrdersHeldMax)
        {
            risk?.Problem(
                "open_orders_per_account_max",
                $"{limits.OpenOrdersPerAccountMax} is above capacity.orders_held_max, " +
                $"{limits.OrdersHeldMax}");
        }

        return new(root.Locate(limits), instruments);
    }

    /// <param name="standard">Where it is not said; null where it must be.</param>
    private static int ReadRingCapacity(Section? capacity, string name, int? standard)
    {
        int? said = standard is null
            ? capacity?.Integer(name, RingCapacityBytesMin, RingCapacityBytesMax)
            : capacity?.IntegerIfSet(name, RingCapacityBytesMin, RingCapacityBytesMax);
        if (said is > 0 and { } bytes && !BitOperations.IsPow2(bytes))
        {
            capacity?.Problem(name, $"{bytes} is not a power of two");
        }

        return said ?? standard ?? 0;
    }

    private static FrozenDictionary<AccountName, AccountLimitsConfiguration> ReadAccounts(Section? section)
    {
        Dictionary<AccountName, AccountLimitsConfiguration> accounts = [];
        foreach (Section account in section?.Children() ?? [])
        {
            if (AccountName.TryParse(account.Name, out AccountName name))
            {
                accounts[name] = ReadAccount(account);
            }
            else
            {
                account.Problem("is not exchange/account");
            }
        }

        return accounts.ToFrozenDictionary();
    }

    private static AccountLimitsConfiguration ReadAccount(Section? section)
    {
        if (section is null)
        {
            return new();
        }

        var limits = new AccountLimitsConfiguration
        {
            OpenOrdersMax = section.IntegerIfSet("open_orders_max", 1, 1_000_000),
            OrdersPerWindowMax = section.IntegerIfSet("orders_per_window_max", 1, 100_000),
            OrderWindowMs = section.IntegerIfSet("order_window_ms", 1, 86_400_000),
            DuplicateWindowMs = section.IntegerIfSet("duplicate_window_ms", 1, 60_000),
            OrderNotionalMax = section.NumberIfSet("order_notional_max", LimitMin, NotionalMax),
            LossMax = section.NumberIfSet("loss_max", LimitMin, NotionalMax),
        };
        if (limits.OrdersPerWindowMax is null != limits.OrderWindowMs is null)
        {
            section.Problem("orders_per_window_max and order_window_ms need each other");
        }

        return limits;
    }

    private static ImmutableArray<Located<InstrumentLimitsConfiguration>> ReadInstruments(Section? section)
    {
        var instruments = ImmutableArray.CreateBuilder<Located<InstrumentLimitsConfiguration>>();
        foreach (Section account in section?.Children() ?? [])
        {
            if (!AccountName.TryParse(account.Name, out AccountName name))
            {
                account.Problem("is not exchange/account");
            }

            foreach (Section instrument in account.Children())
            {
                instruments.Add(instrument.Locate(new InstrumentLimitsConfiguration
                {
                    Account = name,
                    Symbol = instrument.Name,
                    OrderQuantityMax = instrument.NumberIfSet(OrderQuantityMax, LimitMin, AmountMax),
                    OrderNotionalMax = instrument.NumberIfSet("order_notional_max", LimitMin, AmountMax),
                    PositionQuantityMax = instrument.NumberIfSet(PositionQuantityMax, LimitMin, AmountMax),
                    PositionValueMax = instrument.NumberIfSet("position_value_max", LimitMin, AmountMax),
                }));
            }
        }

        return instruments.ToImmutable();
    }
}
