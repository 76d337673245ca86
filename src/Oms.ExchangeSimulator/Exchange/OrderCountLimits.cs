namespace Oms.ExchangeSimulator.Exchange;

/// <summary>How many orders an account may send in a window of 10 seconds, and in a longer one.</summary>
internal readonly record struct OrderCountLimits(int Per10Seconds, int PerLongWindow)
{
    public const long DayMs = 86_400_000;
    public const long MinuteMs = 60_000;

    public long LongWindowMs { get; init; } = DayMs;

    /// <summary>Whether the first fill of an order gives some back.</summary>
    public bool DoFillsGiveBack { get; init; } = true;
}
