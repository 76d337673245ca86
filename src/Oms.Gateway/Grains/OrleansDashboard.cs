using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Oms.Gateway.Access;
using Oms.Gateway.Dashboard;
using Orleans.Dashboard;

namespace Oms.Gateway.Grains;

/// <summary>
/// Orleans' own dashboard, served over the gateway's connection to the silos. It shows the state of grains: only who
/// may administer every account sees it, by session or by token.
/// </summary>
internal sealed class OrleansDashboard
{
    public const string Path = "/orleans";

    private readonly IServiceProvider _services;
    private readonly RequestDelegate _pages;

    private OrleansDashboard(IServiceProvider services, RequestDelegate pages) =>
        (_services, _pages) = (services, pages);

    /// <summary>What its pages need of the host that is a client of the silos.</summary>
    public static void Add(HostApplicationBuilder client)
    {
        var diagnostics = new DiagnosticListener("Oms.Gateway.Orleans");
        _ = client.Services.AddRouting().AddSingleton(diagnostics).AddSingleton<DiagnosticSource>(diagnostics);
        _ = client.UseOrleansClient(orleans => orleans.AddDashboard());
    }

    /// <param name="services">Of the host that is a client of the silos.</param>
    public static OrleansDashboard Of(IServiceProvider services)
    {
        var pages = new ApplicationBuilder(services);
        _ = pages.UseRouting().UseEndpoints(endpoints => endpoints.MapOrleansDashboard(Path));
        return new(services, pages.Build());
    }

    public static void Use(WebApplication server)
    {
        IdentityRegister register = server.Services.GetRequiredService<IdentityRegister>();
        SessionStore sessions = server.Services.GetRequiredService<SessionStore>();
        GrainLink link = server.Services.GetRequiredService<GrainLink>();
        _ = server.UseWhen(
            http => http.Request.Path.StartsWithSegments(Path, StringComparison.Ordinal),
            branch => branch.Run(http =>
            {
                Identity? caller = sessions.Find(http.Request.Cookies[DashboardEndpoints.Cookie])
                    ?? Callers.Identify(register, http);
                int refusal = caller is null ? StatusCodes.Status401Unauthorized
                    : !caller.May(Right.Administer, "*") ? StatusCodes.Status403Forbidden
                    : StatusCodes.Status503ServiceUnavailable;
                if (refusal == StatusCodes.Status503ServiceUnavailable && link.Dashboard is { } dashboard)
                {
                    return dashboard.Show(http);
                }

                http.Response.StatusCode = refusal;
                return Task.CompletedTask;
            }));
    }

    private async Task Show(HttpContext http)
    {
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.XFrameOptions = "DENY";
        http.SetEndpoint(null);
        IServiceProvider own = http.RequestServices;
        await using AsyncServiceScope scope = _services.CreateAsyncScope();
        try
        {
            http.RequestServices = scope.ServiceProvider;
            await _pages(http);
        }
        finally
        {
            http.RequestServices = own;
        }
    }
}
