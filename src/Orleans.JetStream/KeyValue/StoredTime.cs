namespace Orleans.JetStream.KeyValue;

/// <summary>Times are stored in UTC, which those of no kind are taken to be.</summary>
internal static class StoredTime
{
    public static DateTime Of(DateTime time) => time.Kind == DateTimeKind.Local
        ? time.ToUniversalTime()
        : DateTime.SpecifyKind(time, DateTimeKind.Utc);
}
