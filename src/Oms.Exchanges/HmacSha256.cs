namespace Oms.Exchanges;

/// <summary>Computes HMAC-SHA256 under a secret that the callee keeps.</summary>
/// <param name="message">The bytes to sign.</param>
/// <param name="destination">Receives 32 bytes.</param>
public delegate void HmacSha256(ReadOnlySpan<byte> message, Span<byte> destination);
