using Oms.Domain.Configuration;
using Oms.Engine;

namespace Oms.FastPath;

/// <summary>How large the engine and the tables are made, from configured limits.</summary>
internal static class EngineSizes
{
    public const int AssetsMax = 512;
    public const int AssetsPerAccountMax = 64;
    public const int InstrumentsPerAccountMax = 64;
    public const int FillsRememberedMax = 1 << 18;

    public static EngineCapacity Of(LimitsConfiguration limits) =>
        new(limits.AccountsMax, limits.InstrumentsMax, AssetsMax, limits.OrdersHeldMax, FillsRememberedMax)
        {
            BalancesMax = limits.AccountsMax * AssetsPerAccountMax,
            PositionsMax = limits.AccountsMax * InstrumentsPerAccountMax,
            TransfersHeldMax = limits.TransfersHeldMax,
        };
}
