namespace Oms.Testing;

/// <summary>
/// What a test asks of its nats-server beyond a password, a free port and JetStream on files.
/// </summary>
public sealed record NatsServerSettings
{
    /// <summary>The user's password, for servers that are to share one; otherwise each has its own.</summary>
    public string? Password { get; init; }

    /// <summary>A public nkey that may log in beside the user with the password.</summary>
    public string? UserNKey { get; init; }

    /// <summary>A token that lets clients in, and then nothing else does.</summary>
    public string? Token { get; init; }

    /// <summary>Where streams are kept instead of in the server's own folder.</summary>
    public string? StoreFolder { get; init; }

    /// <summary>
    /// How much JetStream keeps at most; by default three quarters of the disk's free space.
    /// </summary>
    public long? StoreBytesMax { get; init; }

    public int? MaxPayloadBytes { get; init; }

    /// <summary>Further lines of the server's own configuration language.</summary>
    public string ExtraConfiguration { get; init; } = "";
}
