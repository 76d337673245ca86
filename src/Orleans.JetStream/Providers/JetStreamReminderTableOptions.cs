namespace Orleans.Configuration;

/// <summary>Where reminders are kept in JetStream.</summary>
/// <remarks>Several services may share one bucket.</remarks>
public sealed class JetStreamReminderTableOptions : JetStreamOptions
{
    /// <summary>Makes options for the bucket <c>orleans-reminders</c>.</summary>
    public JetStreamReminderTableOptions()
        : base("orleans-reminders")
    {
    }
}
