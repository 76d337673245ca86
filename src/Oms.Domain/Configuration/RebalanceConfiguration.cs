namespace Oms.Domain.Configuration;

/// <summary>When balances are spread again.</summary>
/// <param name="Schedule"><c>hourly</c>, <c>daily</c> or <c>weekly</c>.</param>
/// <param name="Day">Of a weekly schedule.</param>
public sealed record RebalanceConfiguration(
    bool Enabled, string Schedule, TimeOnly TimeUtc, DayOfWeek Day = DayOfWeek.Monday)
{
    /// <summary>Five fields of cron, UTC; empty where nothing is to be done by itself.</summary>
    public string Cron => !Enabled ? "" : Schedule switch
    {
        "hourly" => $"{TimeUtc.Minute} * * * *",
        "weekly" => $"{TimeUtc.Minute} {TimeUtc.Hour} * * {(int)Day}",
        _ => $"{TimeUtc.Minute} {TimeUtc.Hour} * * *",
    };
}
