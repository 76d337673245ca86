using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Oms.Domain.Ids;

namespace Oms.Engine.Transfers;

/// <summary>What a transfer takes along of one position: as much of it as is moved, at what it cost.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4, Size = Length)]
internal struct MovedBasis
{
    public const int Length = 20;

    /// <summary>None where nothing is taken along.</summary>
    public InstrumentId InstrumentId;

    /// <summary>Mantissa at the base asset's decimals; 0 where nothing is left of it to take along.</summary>
    public long Quantity;

    /// <summary>Mantissa at the quote asset's decimals, not negative.</summary>
    public long OpenNotional;

    /// <summary>Of all positions in the asset; of more than these the rest stays where it is.</summary>
    [InlineArray(Max)]
    internal struct List
    {
        public const int Max = 4;

        private MovedBasis _first;
    }
}
