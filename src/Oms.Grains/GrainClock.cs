namespace Oms.Grains;

/// <summary>
/// The clock of the OMS's grains, a keyed <see cref="TimeProvider"/>: Orleans itself goes by the machine's.
/// </summary>
public static class GrainClock
{
    public const string Key = "oms.grains";
}
