using Microsoft.AspNetCore.Components.Authorization;
using Oms.Gateway.Access;
using Oms.Gateway.Listings;

namespace Oms.Gateway.Dashboard;

/// <summary>Who looks at a circuit's pages, asked anew each time: rights end when the token does.</summary>
internal sealed class Caller(AuthenticationStateProvider state, SessionStore sessions, ListingNames names)
{
    private string? _session;

    /// <summary>Null where the session ended.</summary>
    public Identity? Identity => sessions.Find(_session);

    public async Task Find()
    {
        AuthenticationState found = await state.GetAuthenticationStateAsync();
        _session = found.User.FindFirst(DashboardEndpoints.SessionClaim)?.Value;
    }

    /// <summary>The accounts that may be shown, by name.</summary>
    public IReadOnlyList<KnownAccount> Accounts => Identity is not { } identity
        ? []
        : [.. names.Accounts.Where(account => identity.May(Right.Read, account.Name)).OrderBy(account => account.Name)];

    public bool May(Right right, string account) => Identity?.May(right, account) == true;
}
