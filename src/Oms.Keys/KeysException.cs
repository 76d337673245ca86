namespace Oms.Keys;

/// <summary>
/// Exchange keys cannot be read or used. The message names the file, or mount and path in Vault, and what to
/// do; it holds no secret.
/// </summary>
public sealed class KeysException(string message, bool mayPass = false) : Exception(message)
{
    /// <summary>Whether the same may work later, without anybody changing anything here.</summary>
    public bool MayPass { get; } = mayPass;
}
