namespace Oms.Domain.Configuration;

/// <summary>Where exchange keys are kept.</summary>
public enum KeySource : byte
{
    /// <summary>The encrypted key file in the data folder.</summary>
    File = 1,

    /// <summary>The key-value store, version 2, of a Vault server.</summary>
    Vault = 2,
}
