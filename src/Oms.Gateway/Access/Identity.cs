using System.Collections.Immutable;

namespace Oms.Gateway.Access;

/// <summary>Somebody who may call, and what they were granted.</summary>
/// <param name="TokenSha256">Empty where the identity has no token.</param>
/// <param name="CertificateSha256">Of the DER; empty where the identity has no certificate.</param>
internal sealed record Identity(
    string Name,
    ImmutableArray<byte> TokenSha256,
    ImmutableArray<byte> CertificateSha256,
    ImmutableArray<Grant> Grants)
{
    public bool May(Right right, string account) => Grants.Any(grant => grant.Covers(account, right));

    public bool MayAnywhere(Right right) => Grants.Any(grant => grant.Rights.HasFlag(right));
}
