using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>
/// The REST front: finds the call, reads the bytes as they came, and answers with the headers of the real
/// one.
/// </summary>
internal sealed class RestGateway(ExchangeCore exchange, CallDispatch dispatch, IEnumerable<ApiCall> calls)
{
    private static readonly TimeSpan SilenceMax = TimeSpan.FromMinutes(1);

    private readonly Dictionary<(string Verb, string Path), ApiCall> _calls =
        calls.ToDictionary(call => (call.Verb, call.Path));

    public async Task AnswerAsync(HttpContext context)
    {
        if (!_calls.TryGetValue(
            (context.Request.Method, context.Request.Path.Value ?? ""), out ApiCall? call))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        string body = await ReadBodyAsync(context);
        string target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        int mark = target.IndexOf('?');
        string query = mark < 0 ? "" : target[(mark + 1)..];
        RequestParameters parameters = RequestParameters.FromRest(query, body);
        CallOutcome outcome = dispatch.Run(
            call, parameters, AddressOf(context), () => Authenticate(context, call, parameters, query, body));
        if (outcome.Answer is null)
        {
            await KeepSilentAsync(context);
            return;
        }

        await WriteAsync(context, call, outcome);
    }

    private static string AddressOf(HttpContext context) =>
        context.Connection.RemoteIpAddress?.ToString() ?? "";

    /// <summary>The body byte for byte, as characters; the server bounds its length.</summary>
    private static async Task<string> ReadBodyAsync(HttpContext context)
    {
        using StreamReader reader = new(context.Request.Body, Encoding.Latin1);
        return await reader.ReadToEndAsync(context.RequestAborted);
    }

    /// <summary>Holds the connection without a word, until the client gives up.</summary>
    private static async Task KeepSilentAsync(HttpContext context)
    {
        try
        {
            await Task.Delay(SilenceMax, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The client gave up first, as it should.
        }

        context.Abort();
    }

    private (ApiKey? Key, ApiError? Error) Authenticate(
        HttpContext context, ApiCall call, RequestParameters parameters, string query, string body)
    {
        (ApiKey? key, ApiError? error) = dispatch.Authenticator.Identify(
            context.Request.Headers["X-MBX-APIKEY"]);
        return key is null || call.Security == CallSecurity.Keyed
            ? (key, error)
            : (key, dispatch.Authenticator.CheckSigned(key, parameters, RestPayload.Of(query, body)));
    }

    private async Task WriteAsync(HttpContext context, ApiCall call, CallOutcome outcome)
    {
        ApiError? error = outcome.Answer?.Error;
        HttpResponse response = context.Response;
        response.ContentType = "application/json;charset=UTF-8";
        response.StatusCode = error?.Status ?? StatusCodes.Status200OK;
        response.Headers["X-MBX-USED-WEIGHT"] = Text(outcome.UsedWeight);
        response.Headers["X-MBX-USED-WEIGHT-1M"] = Text(outcome.UsedWeight);
        long nowMs = exchange.NowMs();
        if (call is { ChangesOrders: true, Verb: "POST" } && outcome.Key is { } key)
        {
            (int per10Seconds, int perLongWindow, bool isDay) = exchange.Read(state =>
            {
                UnfilledOrderCount count = state.OfClient(key.Account).OrderCount;
                return (count.Per10Seconds(nowMs), count.PerLongWindow(nowMs),
                    count.Limits.LongWindowMs == OrderCountLimits.DayMs);
            });
            response.Headers["X-MBX-ORDER-COUNT-10S"] = Text(per10Seconds);
            response.Headers[isDay ? "X-MBX-ORDER-COUNT-1D" : "X-MBX-ORDER-COUNT-1M"] = Text(perLongWindow);
        }

        if (error is not null && RetryAfter.IsTold(error))
        {
            long waitMs = RetryAfter.Ms(error, nowMs);
            response.Headers.RetryAfter = Text((waitMs + 999) / 1_000);
        }

        ReadOnlyMemory<byte> content = error is null
            ? outcome.Answer?.Result ?? default
            : error.Page is { } page ? Encoding.UTF8.GetBytes(page) : ApiAnswer.Of(error.Write).Result;
        response.ContentLength = content.Length;
        await response.Body.WriteAsync(content, context.RequestAborted);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
