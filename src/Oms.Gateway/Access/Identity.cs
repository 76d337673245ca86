using System.Collections.Immutable;

namespace Oms.Gateway.Access;

/// <summary>Somebody who may call, and what they were granted.</summary>
/// <param name="Used">By which of the credentials a caller was known; null in the register itself.</param>
internal sealed record Identity(
    string Name,
    ImmutableArray<Credential> Credentials,
    ImmutableArray<Grant> Grants,
    Credential? Used = null)
{
    /// <param name="account">Or a pattern: then a grant that covers all of it is needed.</param>
    public bool May(Right right, string account)
    {
        foreach (Grant grant in Grants)
        {
            if (grant.Covers(account, right))
            {
                return true;
            }
        }

        return false;
    }

    public bool MayAnywhere(Right right) => Grants.Any(grant => grant.Rights.HasFlag(right));
}
