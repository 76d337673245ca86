namespace Oms.Grains.Positions;

/// <summary>How long a grain remembers single days.</summary>
public static class PositionDays
{
    /// <summary>Days up to the newest: this month and the whole last one.</summary>
    public const int Kept = 62;
}
