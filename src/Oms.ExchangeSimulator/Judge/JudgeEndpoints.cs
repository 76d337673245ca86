using System.Text.Json;
using Oms.ExchangeSimulator.Binance;
using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Judge;

/// <summary>
/// What a test asks of the exchange, and no client of a real one can: readiness, truth, and faults.
/// </summary>
internal sealed class JudgeEndpoints(
    ExchangeCore exchange,
    FuturesJudge futures,
    RequestCounters counters,
    Faults faults,
    UserStreams userStreams)
{
    private const int FaultCountMax = 1_000_000;

    public async Task ReadyAsync(HttpContext context)
    {
        bool isReady = exchange.Read(state => state.Markets.All(market => market.HasCrowd)) && futures.IsReady;
        context.Response.StatusCode = isReady
            ? StatusCodes.Status200OK
            : StatusCodes.Status503ServiceUnavailable;
        await context.Response.WriteAsync(isReady ? "ready\n" : "the books are not loaded yet\n");
    }

    public async Task LedgerAsync(HttpContext context)
    {
        ApiAnswer answer = exchange.Read(
            state => ApiAnswer.Of(json => LedgerReport.Write(json, state, futures.State, counters)));
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(answer.Result, context.RequestAborted);
    }

    public async Task AddFaultAsync(HttpContext context)
    {
        (FaultKind kind, FaultRequest? request, string problem) = await ReadAsync(context);
        if (request is null)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync(problem + "\n");
            return;
        }

        if (kind == FaultKind.DropUserStreams)
        {
            int dropped = userStreams.Drop(request.Account, request.Count);
            futures.DropUserStreams(request.Account, request.Count - dropped);
        }
        else if (kind == FaultKind.ExpireListenKeys)
        {
            futures.ExpireListenKeys(request.Account);
        }
        else
        {
            faults.Add(kind, request);
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task<(FaultKind Kind, FaultRequest? Request, string Problem)> ReadAsync(HttpContext context)
    {
        FaultRequest? request;
        try
        {
            request = await JsonSerializer.DeserializeAsync(
                context.Request.Body, JudgeJson.Default.FaultRequest, context.RequestAborted);
        }
        catch (JsonException exception)
        {
            return (default, null, exception.Message);
        }

        FaultKind? kind = request?.Kind switch
        {
            "timeout_after_accept" => FaultKind.TimeoutAfterAccept,
            "http_503_after_accept" => FaultKind.Http503AfterAccept,
            "http_503_before_accept" => FaultKind.Http503BeforeAccept,
            "hold_user_event" => FaultKind.HoldUserEvent,
            "repeat_user_event" => FaultKind.RepeatUserEvent,
            "expire_listen_keys" => FaultKind.ExpireListenKeys,
            "duplicate" => FaultKind.Duplicate,
            "drop_user_streams" => FaultKind.DropUserStreams,
            _ => null,
        };
        if (request is null || kind is null)
        {
            return (default, null, "kind: unknown");
        }

        if (request.Count is < 1 or > FaultCountMax)
        {
            return (default, null, $"count: must be 1 to {FaultCountMax}");
        }

        if (request.Percent is < 1 or > 100)
        {
            return (default, null, "percent: must be 1 to 100");
        }

        return request.Account is { } name && !exchange.Read(state => state.TryGetAccount(name, out _))
            ? (default, null, "account: unknown")
            : (kind.Value, request, "");
    }
}
