namespace Orleans.JetStream.Reminders;

/// <summary>
/// Reminders could not be read or changed.
/// </summary>
/// <remarks>
/// After a failed change the stored reminder is either the old or the new one: read it again.
/// </remarks>
[GenerateSerializer]
[Alias("Orleans.JetStream.Reminders.JetStreamRemindersException")]
public sealed class JetStreamRemindersException : Exception
{
    /// <summary>Makes one that says nothing.</summary>
    public JetStreamRemindersException()
    {
    }

    /// <summary>Makes one that says what failed.</summary>
    public JetStreamRemindersException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one that says what failed and why.</summary>
    public JetStreamRemindersException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
