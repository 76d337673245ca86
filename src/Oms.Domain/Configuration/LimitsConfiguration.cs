using System.Collections.Frozen;
using System.Collections.Immutable;
using Oms.Domain.Accounts;

namespace Oms.Domain.Configuration;

/// <summary><c>configs/limits.yaml</c>: every bound by name.</summary>
public sealed record LimitsConfiguration
{
    /// <summary>
    /// Producers that are no strategies: the gateway and <c>oms halt</c>. The silo's own ring is not counted.
    /// </summary>
    public const int OtherProducers = 2;

    /// <summary>Largest notional of one order, in the quote asset.</summary>
    public required decimal OrderNotionalMax { get; init; }

    /// <summary>Largest distance of a price from the reference price, in 1/10,000.</summary>
    public required int PriceCollarBasisPoints { get; init; }

    /// <summary>Older reference prices refuse every order.</summary>
    public required int ReferencePriceAgeMaxMs { get; init; }

    /// <summary>Orders that waited longer from the gateway to FastPath are refused.</summary>
    public required int CommandAgeMaxMs { get; init; }

    public required int OpenOrdersPerAccountMax { get; init; }

    /// <summary>In which limits over several instruments are stated.</summary>
    public required string ValuationAsset { get; init; }

    /// <summary>What holds for every account that says nothing else.</summary>
    public required AccountLimitsConfiguration AccountDefaults { get; init; }

    public required FrozenDictionary<AccountName, AccountLimitsConfiguration> Accounts { get; init; }

    public required ImmutableArray<InstrumentLimitsConfiguration> Instruments { get; init; }

    /// <summary>
    /// What the positions of an owner group may be worth at worst together, in the valuation asset.
    /// </summary>
    public required FrozenDictionary<string, decimal> GroupPositionValueMax { get; init; }

    /// <summary>What all positions may be worth at worst together, in the valuation asset.</summary>
    public decimal? FirmPositionValueMax { get; init; }

    /// <summary>Orders that FastPath holds at once, live and recently final.</summary>
    public required int OrdersHeldMax { get; init; }

    /// <summary>Transfers that FastPath holds at once, live and recently final.</summary>
    public required int TransfersHeldMax { get; init; }

    public required int AccountsMax { get; init; }

    public required int InstrumentsMax { get; init; }

    /// <summary>Processes that may send commands: the gateway, <c>oms halt</c>, and strategies.</summary>
    public required int ProducersMax { get; init; }

    /// <summary>Of these, strategies.</summary>
    public int StrategiesMax => ProducersMax - OtherProducers;

    /// <summary>Bytes of one ring, a power of two.</summary>
    public required int RingCapacityBytes { get; init; }

    /// <summary>
    /// Bytes of a ring that carries what all accounts do, a power of two: of the gateway, the silo, and connectors.
    /// </summary>
    public required int BusyRingCapacityBytes { get; init; }
}
