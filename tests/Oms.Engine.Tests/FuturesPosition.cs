using System.Numerics;

namespace Oms.Engine.Tests;

/// <summary>A futures position in the plain books.</summary>
internal sealed class FuturesPosition
{
    public DayPosition Trades { get; } = new();

    public BigInteger Fees { get; set; }

    /// <summary>What it would bring at a price of 8 decimals, less what it cost; rounded down.</summary>
    public BigInteger UnrealizedAt(long price) => (Trades.Quantity * price) - Trades.OpenNotional;
}
