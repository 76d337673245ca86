namespace Oms.Silo.Streams;

/// <summary>How accounts' streams are kept and written.</summary>
internal sealed record StreamSettings
{
    public TimeSpan AgeMax { get; init; } = TimeSpan.FromDays(30);

    /// <summary>
    /// How long the server itself knows a message again by its id. Nothing here depends on it.
    /// </summary>
    public TimeSpan DuplicateWindow { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Threads that make messages of events and publish them; an account is in one at a time.</summary>
    public int Lanes { get; init; } = 2;

    /// <summary>Messages that a lane has published and that are not yet acknowledged.</summary>
    public int WindowMax { get; init; } = 4_096;

    /// <summary>Messages of an account that one answer may be for.</summary>
    public int AnswerForMax { get; init; } = 64;

    /// <summary>How long the server may take to open a stream and to say where it ends.</summary>
    public TimeSpan OpenTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the server may take to acknowledge a message.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(2);
}
