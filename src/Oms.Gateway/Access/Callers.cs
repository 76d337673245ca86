using Microsoft.AspNetCore.Http;

namespace Oms.Gateway.Access;

/// <summary>Who makes a request: the same for gRPC, health, metrics and the dashboard's sign-in.</summary>
internal static class Callers
{
    private const string BearerPrefix = "Bearer ";

    /// <summary>By the token where there is one, else by the certificate; null where neither is known.</summary>
    public static Identity? Identify(IdentityRegister register, HttpContext http)
    {
        string? authorization = http.Request.Headers.Authorization;
        if (authorization is not null)
        {
            return authorization.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase)
                ? register.FindByToken(authorization[BearerPrefix.Length..].Trim())
                : null;
        }

        return http.Connection.ClientCertificate is { } certificate
            ? register.FindByCertificate(certificate.RawData)
            : null;
    }
}
