using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Oms.Keys.Tests;

/// <summary>
/// A server that answers as Vault's HTTP API does, over TLS on a free port: login, the caller's own token,
/// the key-value store of version 2, and its errors.
/// </summary>
internal sealed class FakeVault : IAsyncDisposable
{
    private readonly WebApplication _server;

    private FakeVault(WebApplication server, FakeVaultStore store, FakeVaultTokens tokens)
    {
        (_server, Store, Tokens) = (server, store, tokens);
        string address = server.Services.GetRequiredService<IServer>().Features
            .Get<IServerAddressesFeature>()!.Addresses.Single(); // Every server has it once started.
        Address = new($"https://localhost:{new Uri(address).Port}");
    }

    public Uri Address { get; }

    public FakeVaultStore Store { get; }

    public FakeVaultTokens Tokens { get; }

    /// <summary>Answers that the next requests get instead of their own.</summary>
    public ConcurrentQueue<FakeVaultFault> Faults { get; } = new();

    /// <summary>Method, path and headers of what was asked, in order.</summary>
    public ConcurrentQueue<FakeVaultRequest> Requests { get; } = new();

    public bool IsSealed { get; set; }

    /// <summary>Paths that no policy shows, by how they begin.</summary>
    public ConcurrentBag<string> Denied { get; } = [];

    public static async Task<FakeVault> Start(X509Certificate2 certificate, TimeProvider clock)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrel(options => options.Listen(
            IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        WebApplication server = builder.Build();
        FakeVault? vault = null;
        server.Run(context => vault?.Answer(context) ?? Task.CompletedTask);
        await server.StartAsync();
        return vault = new(server, new FakeVaultStore(clock), new FakeVaultTokens(clock));
    }

    public int Count(string path) => Requests.Count(request => request.Path == path);

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync();
        await _server.DisposeAsync();
    }

    private async Task Answer(HttpContext context)
    {
        string path = context.Request.Path.Value?["/v1/".Length..] ?? "";
        string token = context.Request.Headers["X-Vault-Token"].ToString();
        Requests.Enqueue(new(
            context.Request.Method, path, token, context.Request.Headers["X-Vault-Namespace"].ToString(),
            context.Request.Headers["X-Vault-Request"].ToString()));
        if (IsSealed)
        {
            await Fail(context, 503, "Vault is sealed");
        }
        else if (Faults.TryDequeue(out FakeVaultFault? fault))
        {
            if (fault.RetryAfterSeconds is { } seconds)
            {
                context.Response.Headers.RetryAfter = $"{seconds}";
            }

            await Write(context, fault.Status, fault.Body);
        }
        else if (context.Request.Method == "POST" && path == "auth/approle/login")
        {
            JsonNode? body = await JsonNode.ParseAsync(context.Request.Body);
            JsonObject? grant = Tokens.LogIn($"{body?["role_id"]}", $"{body?["secret_id"]}");
            await (grant is null
                ? Fail(context, 400, "invalid role or secret ID")
                : Succeed(context, data: null, auth: grant));
        }
        else if (!Tokens.IsAlive(token)
            || Denied.Any(denied => path.StartsWith(denied, StringComparison.Ordinal)))
        {
            await Fail(context, 403, "permission denied");
        }
        else
        {
            await AnswerKnown(context, path, token);
        }
    }

    private Task AnswerKnown(HttpContext context, string path, string token)
    {
        switch (context.Request.Method, path)
        {
            case ("GET", "auth/token/lookup-self"):
                return Succeed(context, Tokens.Describe(token));
            case ("POST", "auth/token/renew-self"):
                return Tokens.Renew(token) is { } grant
                    ? Succeed(context, data: null, auth: grant)
                    : Fail(context, 400, "lease is not renewable");
            default:
                JsonObject? found = context.Request.Method == "GET" ? Store.Read(path) : null;
                bool isGone = found?["data"] is null && found?.ContainsKey("data") == true;
                return found is null ? Write(context, 404, """{"errors":[]}""")
                    : Succeed(context, found, status: isGone ? 404 : 200);
        }
    }

    private static Task Succeed(
        HttpContext context, JsonObject? data, JsonObject? auth = null, int status = 200) =>
        Write(
            context, status,
            new JsonObject
            {
                ["request_id"] = "6e36c6ae-6a2e-4b0a-a6a5-0f2f6f1f6d2a",
                ["lease_id"] = "",
                ["renewable"] = false,
                ["lease_duration"] = 0,
                ["data"] = data,
                ["wrap_info"] = null,
                ["warnings"] = null,
                ["auth"] = auth,
            }.ToJsonString());

    private static Task Fail(HttpContext context, int status, string error) =>
        Write(context, status, JsonSerializer.Serialize(new { errors = (string[])[error] }));

    private static Task Write(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body);
    }
}
