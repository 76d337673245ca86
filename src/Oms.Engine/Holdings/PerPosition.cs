using System.Runtime.CompilerServices;
using Oms.Domain.Orders;

namespace Oms.Engine.Holdings;

/// <summary>An amount for each of the positions that there may be in an instrument.</summary>
[InlineArray(Length)]
internal struct PerPosition
{
    private const int Length = (int)PositionSide.Short + 1;

    private long _first;

    public readonly Int128 Sum
    {
        get
        {
            Int128 sum = 0;
            foreach (long amount in this)
            {
                sum += amount;
            }

            return sum;
        }
    }

    public long this[PositionSide side]
    {
        readonly get => ((ReadOnlySpan<long>)this)[(int)side];
        set => ((Span<long>)this)[(int)side] = value;
    }
}
