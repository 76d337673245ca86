using System.Collections.Immutable;

namespace Oms.Gateway.Access;

/// <summary>The content of <c>identities.json</c>.</summary>
internal sealed record IdentitiesFile(ImmutableArray<IdentityEntry> Identities);
