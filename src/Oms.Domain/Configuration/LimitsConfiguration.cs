namespace Oms.Domain.Configuration;

/// <summary><c>configs/limits.yaml</c>: every bound by name.</summary>
public sealed record LimitsConfiguration
{
    /// <summary>Largest notional of one order, in the quote asset.</summary>
    public required decimal OrderNotionalMax { get; init; }

    /// <summary>Largest distance of a price from the reference price, in 1/10,000.</summary>
    public required int PriceCollarBasisPoints { get; init; }

    /// <summary>Older reference prices refuse every order.</summary>
    public required int ReferencePriceAgeMaxMs { get; init; }

    /// <summary>Orders that waited longer from the gateway to FastPath are refused.</summary>
    public required int CommandAgeMaxMs { get; init; }

    public required int OpenOrdersPerAccountMax { get; init; }

    /// <summary>Orders that FastPath holds at once, live and recently final.</summary>
    public required int OrdersHeldMax { get; init; }

    public required int AccountsMax { get; init; }

    public required int InstrumentsMax { get; init; }

    /// <summary>Bytes of one ring, a power of two.</summary>
    public required int RingCapacityBytes { get; init; }
}
