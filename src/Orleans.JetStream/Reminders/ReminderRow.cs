using Orleans.JetStream.KeyValue;

namespace Orleans.JetStream.Reminders;

/// <summary>
/// A reminder as it is stored. Type and key of the grain are any bytes, so they are kept as bytes.
/// </summary>
internal sealed record ReminderRow(
    byte[] GrainType,
    byte[] GrainKey,
    string Name,
    DateTime StartAt,
    TimeSpan Period)
{
    public static ReminderRow From(ReminderEntry entry) => new(
        entry.GrainId.Type.AsSpan().ToArray(),
        entry.GrainId.Key.AsSpan().ToArray(),
        entry.ReminderName,
        StoredTime.Of(entry.StartAt),
        entry.Period);

    public ReminderEntry ToEntry(string eTag) => new()
    {
        GrainId = GrainId.Create(new GrainType(GrainType), new IdSpan(GrainKey)),
        ReminderName = Name,
        StartAt = StartAt,
        Period = Period,
        ETag = eTag,
    };
}
