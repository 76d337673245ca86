namespace Oms.Keys;

/// <summary>How a key signs.</summary>
public enum ExchangeKeyKind : byte
{
    /// <summary>HMAC-SHA256 under the secret; 32 bytes.</summary>
    HmacSha256 = 1,

    /// <summary>Ed25519 under the private key; 64 bytes.</summary>
    Ed25519 = 2,
}
