namespace Oms.Domain.Configuration;

/// <summary>Section <c>keys</c> of <c>configs/deployment.yaml</c>: where exchange keys come from.</summary>
public sealed record KeysConfiguration
{
    public required KeySource Source { get; init; }

    /// <summary>Set where the source is Vault; may be set where it is not, and is unused then.</summary>
    public VaultConfiguration? Vault { get; init; }
}
