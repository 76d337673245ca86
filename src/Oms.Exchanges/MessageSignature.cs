namespace Oms.Exchanges;

/// <summary>Signs under a secret that the callee keeps.</summary>
/// <param name="message">The bytes to sign.</param>
/// <param name="destination">Receives the signature; 64 bytes are enough for every kind of key.</param>
/// <returns>How many bytes it has.</returns>
public delegate int MessageSignature(ReadOnlySpan<byte> message, Span<byte> destination);
