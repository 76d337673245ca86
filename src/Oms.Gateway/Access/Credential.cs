using System.Collections.Immutable;

namespace Oms.Gateway.Access;

/// <summary>What an identity is known by.</summary>
/// <param name="Sha256">Of a token, or of the DER of a certificate.</param>
/// <param name="Expires">Null where it does not.</param>
internal sealed record Credential(bool IsToken, ImmutableArray<byte> Sha256, DateTimeOffset? Expires);
