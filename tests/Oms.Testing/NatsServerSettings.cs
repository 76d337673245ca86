namespace Oms.Testing;

/// <summary>
/// What a test asks of its nats-server beyond a password, a free port and JetStream on files.
/// </summary>
public sealed record NatsServerSettings
{
    /// <summary>A public nkey that may log in beside the user with the password.</summary>
    public string? UserNKey { get; init; }

    public int? MaxPayloadBytes { get; init; }

    /// <summary>Further lines of the server's own configuration language.</summary>
    public string ExtraConfiguration { get; init; } = "";
}
