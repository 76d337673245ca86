using Oms.ExchangeSimulator.Binance;
using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Judge;

/// <summary>
/// A server's errors as each market words them (rest-api.md of spot; general information of USDⓈ-M Futures, 2026-07):
/// what a body says decides whether the request may have been carried out.
/// </summary>
internal static class ServerErrors
{
    private const string Html = "<html><body><h1>502 Bad Gateway</h1></body></html>";

    private const string Timeout =
        "Timeout waiting for response from backend server. Send status unknown; execution status unknown.";

    /// <param name="body">One of <see cref="FaultWords.Bodies"/>; unknown when null.</param>
    public static ApiError Of(JournalMarket market, string? body) => body switch
    {
        "unexpected" => new(
            500, -1006, "An unexpected response was received from the message bus. Execution status unknown."),
        "request_timeout" => new(408, -1007, Timeout),
        "bad_gateway" => new(502, -1000, "Bad Gateway") { Page = Html },
        "gateway_timeout" => new(504, -1000, "Gateway Timeout") { Page = "" },
        "unavailable" => new(503, 0, "Service Unavailable."),
        "internal" => new(503, -1001, "Internal error; unable to process your request. Please try again."),
        "overloaded" when market == JournalMarket.Futures => new(
            503, -1008,
            "Request throttled by system-level protection. Reduce-only/close-position orders are exempt."),
        "overloaded" => new(
            503, -1008, "Server is currently overloaded with other requests. Please try again in a few minutes."),
        _ when market == JournalMarket.Futures => Binance.Futures.FuturesErrors.OutcomeUnknown,
        _ => ApiError.OutcomeUnknown,
    };
}
