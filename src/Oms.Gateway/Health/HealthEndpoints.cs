using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Oms.Gateway.Access;
using Oms.Gateway.Listings;

namespace Oms.Gateway.Health;

/// <summary>
/// Health over HTTP: <c>/health/live</c> and <c>/health/ready</c> for anybody, <c>/health/{exchange}/{account}</c> for
/// who may read the account. 200 where it works, 503 where it does not.
/// </summary>
internal static class HealthEndpoints
{
    public static void Map(
        IEndpointRouteBuilder server, HealthBoard board, IdentityRegister register, ListingNames names)
    {
        _ = server.MapGet(
            "/health/live",
            http => Answer(http, new(HealthVerdict.Healthy, []), HealthJson.Default.HealthVerdict));
        _ = server.MapGet(
            "/health/ready", http => Answer(http, board.Ready(), HealthJson.Default.HealthVerdict));
        _ = server.MapGet("/health/{exchange}/{account}", http =>
        {
            string name = $"{http.Request.RouteValues["exchange"]}/{http.Request.RouteValues["account"]}";
            if (Callers.Identify(register, http) is not { } caller)
            {
                return Refuse(http, StatusCodes.Status401Unauthorized);
            }

            if (!caller.May(Right.Read, name))
            {
                return Refuse(http, StatusCodes.Status403Forbidden);
            }

            return names.FindAccount(name) is { } account
                ? Answer(http, board.Of(account), HealthJson.Default.AccountVerdict)
                : Refuse(http, StatusCodes.Status404NotFound);
        });
    }

    private static Task Answer<TVerdict>(HttpContext http, TVerdict verdict, JsonTypeInfo<TVerdict> type)
        where TVerdict : HealthVerdict
    {
        http.Response.StatusCode = verdict.IsUp ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        http.Response.ContentType = "application/json";
        http.Response.Headers.CacheControl = "no-store";
        return JsonSerializer.SerializeAsync(http.Response.Body, verdict, type, http.RequestAborted);
    }

    private static Task Refuse(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
