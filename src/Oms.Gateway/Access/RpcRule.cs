using System.Collections.Immutable;

namespace Oms.Gateway.Access;

/// <summary>What a caller of an RPC must be granted.</summary>
/// <param name="Right">None where every known caller may call.</param>
/// <param name="AccountsOf">
/// The accounts that a request names, on each of which the right is needed. None named: the right is needed
/// on any, and what is answered is filtered.
/// </param>
internal sealed record RpcRule(
    Right Right, Func<object, ImmutableArray<string>> AccountsOf, RpcTraits Traits = RpcTraits.None)
{
    public bool IsChange => (Traits & RpcTraits.Change) != 0;

    public bool IsUrgent => (Traits & RpcTraits.Urgent) != 0;

    public bool Allows(Identity identity, object request)
    {
        if (Right == Right.None)
        {
            return true;
        }

        ImmutableArray<string> accounts = AccountsOf(request);
        return accounts.IsEmpty
            ? identity.MayAnywhere(Right)
            : accounts.All(account => identity.May(Right, account));
    }

    /// <summary>Of a stream of requests, each of which is checked again.</summary>
    public bool AllowsAnywhere(Identity identity) => Right == Right.None || identity.MayAnywhere(Right);
}
