using System.Collections.Immutable;

namespace Oms.Gateway.Access;

/// <summary>An identity in <c>identities.json</c>; hashes in hexadecimal.</summary>
/// <param name="Tokens">Beside <paramref name="TokenSha256"/>, which does not expire; null for none.</param>
internal sealed record IdentityEntry(
    string Name,
    string? TokenSha256,
    string? CertificateSha256,
    ImmutableArray<TokenEntry>? Tokens,
    ImmutableArray<GrantEntry> Grants);
