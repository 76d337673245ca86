using System.Collections.Immutable;

namespace Oms.Gateway.Access;

/// <summary>An identity in <c>identities.json</c>; hashes in hexadecimal.</summary>
internal sealed record IdentityEntry(
    string Name, string? TokenSha256, string? CertificateSha256, ImmutableArray<GrantEntry> Grants);
