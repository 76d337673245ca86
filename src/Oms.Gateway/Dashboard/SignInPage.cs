using Microsoft.AspNetCore.Http;

namespace Oms.Gateway.Dashboard;

/// <summary>The one page for those who are not signed in: it needs no circuit and no script.</summary>
internal static class SignInPage
{
    private const string Html = """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark"><title>Sign in · CryptoOms</title>
        <link rel="icon" href="/dashboard/favicon.svg"><link rel="stylesheet" href="/dashboard/signin.css"></head>
        <body><main><h1>CryptoOms</h1><form method="post" action="/signin">
        <label for="token">Token</label>
        <input id="token" name="token" type="password" autocomplete="current-password" required autofocus>
        {0}<button type="submit">Sign in</button></form>
        <p class="hint">The operator's token is in <code>run/operator.token</code>; others make
        <code>oms tokens add</code>.</p></main></body></html>
        """;

    public static Task Write(HttpContext http, bool failed)
    {
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        string word = failed ? "<p role=\"alert\">This token is not known, or no longer.</p>" : "";
        return http.Response.WriteAsync(Html.Replace("{0}", word, StringComparison.Ordinal), http.RequestAborted);
    }
}
