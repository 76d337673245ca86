namespace Oms.Simulation;

/// <summary>An invariant does not hold.</summary>
internal sealed class Violation(string invariant, string what) : Exception($"{invariant}: {what}")
{
    public static void If(bool isBroken, string invariant, string what)
    {
        if (isBroken)
        {
            throw new Violation(invariant, what);
        }
    }
}
