using Oms.Domain;

namespace Oms.Engine.Ledgers;

/// <summary>
/// The other side of every entry of an asset: what the world outside the accounts gave (negative) or got.
/// All balances of an asset and all of these add up to zero.
/// </summary>
internal sealed class Contra
{
    private readonly Int128[] _amounts = new Int128[(int)ContraKind.Deposits + 1];

    public Int128 this[ContraKind kind] => _amounts[(int)kind];

    public Int128 Sum
    {
        get
        {
            Int128 sum = 0;
            foreach (Int128 amount in _amounts)
            {
                sum += amount;
            }

            return sum;
        }
    }

    public void Add(ContraKind kind, long amount)
    {
        Invariant.Holds(kind is >= ContraKind.Opening and <= ContraKind.Deposits);
        _amounts[(int)kind] += amount;
    }

    /// <summary>Sets what was saved.</summary>
    public void Restore(ContraKind kind, Int128 amount) => _amounts[(int)kind] = amount;
}
