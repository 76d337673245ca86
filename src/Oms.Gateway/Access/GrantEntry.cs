using System.Collections.Immutable;

namespace Oms.Gateway.Access;

/// <summary>A grant in <c>identities.json</c>.</summary>
internal sealed record GrantEntry(string Account, ImmutableArray<string> Rights);
