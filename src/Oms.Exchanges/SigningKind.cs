namespace Oms.Exchanges;

/// <summary>How a key signs, which decides how its signatures are written and what it may do.</summary>
public enum SigningKind : byte
{
    /// <summary>HMAC-SHA256, 32 bytes, written in hexadecimal.</summary>
    HmacSha256 = 1,

    /// <summary>Ed25519, 64 bytes, written in base64; may log on to a session.</summary>
    Ed25519 = 2,
}
