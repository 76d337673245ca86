namespace Oms.Gateway.Access;

/// <summary>A token of an identity in <c>identities.json</c>; the hash in hexadecimal.</summary>
/// <param name="Id">Names it to who revokes it.</param>
/// <param name="Expires">Null where it does not.</param>
internal sealed record TokenEntry(string Id, string Sha256, DateTimeOffset? Expires);
