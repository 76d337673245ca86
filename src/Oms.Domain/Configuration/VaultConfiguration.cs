namespace Oms.Domain.Configuration;

/// <summary>A Vault server, and how to log in to it. Holds names of files, never what is in them.</summary>
public sealed record VaultConfiguration
{
    /// <summary>Without a path. Plain HTTP only on the loopback.</summary>
    public required Uri Address { get; init; }

    /// <summary>Where the key-value store, version 2, is mounted.</summary>
    public required string Mount { get; init; }

    public string? Namespace { get; init; }

    /// <summary>
    /// PEM of the authorities that may sign the server's certificate; null for the system's.
    /// </summary>
    public string? CaFile { get; init; }

    public required VaultLogin Login { get; init; }
}
