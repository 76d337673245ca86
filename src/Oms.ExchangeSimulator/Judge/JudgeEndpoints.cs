using System.Text.Json;
using Oms.ExchangeSimulator.Binance;
using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Judge;

/// <summary>
/// What a test asks of the exchange, and no client of a real one can: readiness, truth, faults and scenarios.
/// </summary>
internal sealed class JudgeEndpoints(
    ExchangeCore exchange,
    FuturesJudge futures,
    RequestCounters counters,
    Faults faults,
    FaultDesk desk,
    ScenarioRun scenario,
    Authenticator authenticator)
{
    private const string NothingToStrike = "nothing to strike";
    private const int ScenarioBytesMax = 4 * 1_024 * 1_024;

    public void Map(WebApplication app)
    {
        _ = app.MapGet("/sim/ready", ReadyAsync);
        _ = app.MapGet("/sim/ledger", LedgerAsync);
        _ = app.MapPost("/sim/faults", OrderFaultAsync);
        _ = app.MapDelete("/sim/faults", Clear);
        _ = app.MapPost("/sim/scenario", StartScenarioAsync);
        _ = app.MapGet("/sim/scenario", ScenarioAsync);
        _ = app.MapPost("/sim/keys/revoke", context =>
        {
            bool isRevoked = authenticator.TryRevoke(context.Request.Query["key"].ToString());
            context.Response.StatusCode = isRevoked ? StatusCodes.Status204NoContent : StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        _ = app.MapPost("/sim/keys/change", ChangeKey);
    }

    private Task ChangeKey(HttpContext context)
    {
        IQueryCollection query = context.Request.Query;
        bool isChanged = authenticator.TryChange(query["key"].ToString(), key => key with
        {
            Permissions = query["permissions"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries),
            IsBoundToAddresses = query["bound"] != "false",
        });
        context.Response.StatusCode = isChanged ? StatusCodes.Status204NoContent : StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    /// <summary>Begins the scenario of a file; none where it is null.</summary>
    /// <exception cref="StartException">It cannot be read, or something is wrong with it.</exception>
    public void StartScenario(string? path)
    {
        if (path is null)
        {
            return;
        }

        byte[] json;
        try
        {
            json = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"--scenario: {exception.Message}", StartException.WrongUsage);
        }

        if (Start(json) is { Count: > 0 } problems)
        {
            throw new StartException(
                string.Join('\n', problems.Select(problem => $"--scenario: {path}: {problem}")),
                StartException.WrongUsage);
        }
    }

    private static Task RefuseAsync(HttpContext context, IEnumerable<string> problems)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return context.Response.WriteAsync(string.Concat(problems.Select(problem => problem + "\n")));
    }

    private static async Task WriteAsync(HttpContext context, ApiAnswer answer)
    {
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(answer.Result, context.RequestAborted);
    }

    private async Task ReadyAsync(HttpContext context)
    {
        bool isReady = exchange.Read(state => state.Markets.All(market => market.HasCrowd)) && futures.IsReady;
        context.Response.StatusCode = isReady
            ? StatusCodes.Status200OK
            : StatusCodes.Status503ServiceUnavailable;
        await context.Response.WriteAsync(isReady ? "ready\n" : "the books are not loaded yet\n");
    }

    private Task LedgerAsync(HttpContext context) => WriteAsync(context, exchange.Read(
        state => ApiAnswer.Of(json => LedgerReport.Write(json, state, futures.State, counters, faults))));

    private Task ScenarioAsync(HttpContext context) => WriteAsync(context, ApiAnswer.Of(scenario.Write));

    private Task Clear(HttpContext context)
    {
        scenario.Stop();
        desk.Clear();
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private async Task StartScenarioAsync(HttpContext context)
    {
        if (context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { } size)
        {
            size.MaxRequestBodySize = ScenarioBytesMax;
        }

        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        if (Start(body.ToArray()) is { Count: > 0 } problems)
        {
            await RefuseAsync(context, problems);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private IReadOnlyList<string> Start(byte[] json)
    {
        (Scenario? read, IReadOnlyList<string> problems) = ScenarioReader.Read(json, desk.Problems);
        if (read is not null)
        {
            scenario.Start(read);
        }

        return problems;
    }

    private async Task OrderFaultAsync(HttpContext context)
    {
        FaultRequest? request;
        try
        {
            request = await JsonSerializer.DeserializeAsync(
                context.Request.Body, JudgeJson.Default.FaultRequest, context.RequestAborted);
        }
        catch (JsonException exception)
        {
            await RefuseAsync(context, [JudgeJson.Problem(exception)]);
            return;
        }

        if (request is null || desk.Problems(request) is { Count: > 0 })
        {
            await RefuseAsync(context, request is null ? ["is null"] : desk.Problems(request));
            return;
        }

        // No connection to be cut, no position to be closed: that may come, and whoever asked may ask again.
        await context.Response.WriteAsync(desk.Order(request) ? "ordered\n" : NothingToStrike + "\n");
    }
}
