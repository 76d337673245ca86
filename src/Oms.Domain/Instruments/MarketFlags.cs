namespace Oms.Domain.Instruments;

/// <summary>A set of markets.</summary>
[Flags]
public enum MarketFlags : byte
{
    None = 0,
    Spot = 1,
    Futures = 2,
}
