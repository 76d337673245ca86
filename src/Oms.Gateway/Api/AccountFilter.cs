using System.Collections.Frozen;
using Grpc.Core;
using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Gateway.Access;
using Oms.Gateway.Listings;

namespace Oms.Gateway.Api;

/// <summary>The accounts that a call is about.</summary>
internal static class AccountFilter
{
    /// <summary>The named account, or all that the caller may read.</summary>
    /// <exception cref="RpcException">The named account cannot be one, or is not known.</exception>
    public static FrozenSet<AccountId> Readable(ServerCallContext context, ListingNames names, string account)
    {
        if (account.Length > 0)
        {
            return [Known(names, account).Id];
        }

        Identity caller = AccessInterceptor.CallerOf(context);
        names.Refresh();
        return names.Accounts
            .Where(known => caller.May(Right.Read, known.Name))
            .Select(known => known.Id)
            .ToFrozenSet();
    }

    /// <exception cref="RpcException">The account cannot be one, or is not known.</exception>
    public static KnownAccount Known(ListingNames names, string account)
    {
        CheckName(account);
        return names.FindAccount(account) ?? throw RpcFailures.Invalid("account", $"{account} is not known");
    }

    /// <exception cref="RpcException">This cannot be the name of an account.</exception>
    public static void CheckName(string account)
    {
        if (!AccountName.TryParse(account, out _))
        {
            throw RpcFailures.Invalid("account", "is not exchange/account");
        }
    }
}
