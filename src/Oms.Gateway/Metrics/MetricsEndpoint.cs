using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Oms.Gateway.Access;

namespace Oms.Gateway.Metrics;

/// <summary><c>/metrics</c> in Prometheus' format, for who may read every account.</summary>
internal static class MetricsEndpoint
{
    public const string Path = "/metrics";

    public static void Use(WebApplication server)
    {
        // Made with the server: their instruments are there from the first scrape on.
        _ = server.Services.GetRequiredService<OmsMeter>();
        _ = server.Services.GetRequiredService<FastPathMeter>();
        IdentityRegister register = server.Services.GetRequiredService<IdentityRegister>();
        _ = server.UseWhen(
            http => http.Request.Path.StartsWithSegments(Path, StringComparison.Ordinal),
            branch => branch
                .Use(next => http =>
                {
                    Identity? caller = Callers.Identify(register, http);
                    if (caller is not null && caller.May(Right.Read, "*"))
                    {
                        return next(http);
                    }

                    http.Response.StatusCode = caller is null
                        ? StatusCodes.Status401Unauthorized
                        : StatusCodes.Status403Forbidden;
                    return Task.CompletedTask;
                })
                .UseOpenTelemetryPrometheusScrapingEndpoint(Path));
    }
}
