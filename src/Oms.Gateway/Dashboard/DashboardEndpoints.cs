using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using MudBlazor.Services;

namespace Oms.Gateway.Dashboard;

/// <summary>
/// The dashboard behind its sign-in: every page and every circuit belongs to a session, and what a session shows and
/// does is what its token was granted.
/// </summary>
internal static class DashboardEndpoints
{
    public const string SessionClaim = "session";
    public const string Cookie = "oms-session";
    private const string SignInPath = "/signin";

    /// <summary>Nothing from elsewhere, and in no frame; the components style themselves inline.</summary>
    private const string ContentPolicy =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

    private static readonly string[] Open =
        [SignInPath, "/health", "/metrics", "/_content", "/_framework", "/dashboard"];

    public static void Add(IServiceCollection services)
    {
        _ = services
            .AddSingleton<SessionStore>()
            .AddSingleton<DashboardActions>()
            .AddScoped<Caller>()
            .AddCascadingAuthenticationState()
            .AddMudServices();
        // Nothing that the dashboard protects outlives the process, as no session does.
        _ = services.AddDataProtection().UseEphemeralDataProtectionProvider();
        _ = services.AddRazorComponents().AddInteractiveServerComponents();
    }

    public static void Map(WebApplication server)
    {
        SessionStore sessions = server.Services.GetRequiredService<SessionStore>();
        _ = server.Use((http, next) => Admit(http, next, sessions));
        _ = server.UseAntiforgery();
        _ = server.MapStaticAssets();
        _ = server.MapGet(SignInPath, http => SignInPage.Write(http, http.Request.Query.ContainsKey("failed")));
        _ = server.MapPost(SignInPath, http => SignIn(http, sessions)).DisableAntiforgery();
        _ = server.MapPost("/signout", http =>
        {
            sessions.SignOut(http.Request.Cookies[Cookie] ?? "");
            http.Response.Cookies.Delete(Cookie);
            http.Response.Redirect(SignInPath);
            return Task.CompletedTask;
        }).DisableAntiforgery();
        _ = server.MapRazorComponents<App>().AddInteractiveServerRenderMode();
    }

    /// <summary>Lets a browser pass that is signed in, and sends any other to sign in; gRPC has rules of its own.
    /// </summary>
    private static Task Admit(HttpContext http, RequestDelegate next, SessionStore sessions)
    {
        http.Response.Headers.ContentSecurityPolicy = ContentPolicy;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        bool isApi = http.Request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) == true;
        if (isApi || Open.Any(path => http.Request.Path.StartsWithSegments(path, StringComparison.Ordinal)))
        {
            return next(http);
        }

        string? session = http.Request.Cookies[Cookie];
        if (sessions.Find(session) is { } identity)
        {
            http.User = new(new ClaimsIdentity(
                [new(ClaimTypes.Name, identity.Name), new(SessionClaim, session!)], "session"));
            return next(http);
        }

        if (HttpMethods.IsGet(http.Request.Method) && !http.Request.Path.StartsWithSegments("/_blazor"))
        {
            http.Response.Redirect(SignInPath);
        }
        else
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }

        return Task.CompletedTask;
    }

    private static async Task SignIn(HttpContext http, SessionStore sessions)
    {
        // A page of somebody else cannot sign a browser in.
        string origin = http.Request.Headers.Origin.ToString();
        bool isOurs = origin.Length == 0 || origin == $"https://{http.Request.Host}";
        IFormCollection form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (!isOurs || sessions.SignIn(form["token"].ToString().Trim()) is not { } session)
        {
            http.Response.Redirect(SignInPath + "?failed=1");
            return;
        }

        http.Response.Cookies.Append(Cookie, session, new()
        {
            HttpOnly = true, Secure = true, SameSite = SameSiteMode.Strict, IsEssential = true, Path = "/",
        });
        http.Response.Redirect("/");
    }
}
