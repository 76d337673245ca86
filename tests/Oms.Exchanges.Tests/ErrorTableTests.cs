using Oms.Domain.Orders;
using Oms.Exchanges.Binance;
using static Oms.Domain.Orders.RejectReason;

namespace Oms.Exchanges.Tests;

public sealed class ErrorTableTests
{
    [Theory]
    [InlineData(400, -1000, "An unknown error occurred while processing the request.")]
    [InlineData(400, -1001, "Internal error; unable to process your request. Please try again.")]
    [InlineData(
        400, -1006, "An unexpected response was received from the message bus. Execution status unknown.")]
    [InlineData(400, -1007, "Timeout waiting for response from backend server.")]
    [InlineData(400, -2010, "Duplicate order sent.")]
    [InlineData(408, 0, "HTTP 408")]
    [InlineData(400, 0, "HTTP 400")]
    [InlineData(500, 0, "HTTP 500")]
    [InlineData(502, -1013, "Filter failure: LOT_SIZE")]
    [InlineData(503, 0, "Unknown error, please check your request or try again later.")]
    [InlineData(504, -1007, "Timeout waiting for response from backend server.")]
    public void Nothing_is_proven_by(int status, int code, string text) =>
        Assert.Equal(new Verdict(false, None), ErrorTable.Judge(status, code, text));

    [Theory]
    [InlineData(401, -1002, "You are not authorized to execute this request.", ExchangeKeyRefused)]
    [InlineData(429, -1003, "Too many requests queued.", ExchangeRateLimited)]
    [InlineData(418, -1003, "Way too much request weight used; IP banned until 1.", ExchangeRateLimited)]
    [InlineData(429, 0, "HTTP 429", ExchangeRateLimited)]
    [InlineData(503, -1008, "Server is currently overloaded with other requests.", ExchangeOverloaded)]
    [InlineData(400, -1013, "Filter failure: LOT_SIZE", ExchangeFilterFailed)]
    [InlineData(
        400, -1013, "This symbol does not allow the specified self-trade prevention mode.", ExchangeRefused)]
    [InlineData(
        429, -1015, "Too many new orders; current limit is 100 orders per 10 SECOND.", ExchangeRateLimited)]
    [InlineData(400, -1016, "This service is no longer available.", ExchangeOverloaded)]
    [InlineData(
        400, -1021, "Timestamp for this request is outside of the recvWindow.", ExchangeClockOutsideWindow)]
    [InlineData(400, -1022, "Signature for this request is not valid.", ExchangeKeyRefused)]
    [InlineData(400, -1034, "Too many concurrent connections.", ExchangeRateLimited)]
    [InlineData(400, -1102, "Mandatory parameter 'side' was not sent.", ExchangeRefused)]
    [InlineData(400, -1111, "Parameter 'quantity' has too much precision.", ExchangeFilterFailed)]
    [InlineData(400, -1121, "Invalid symbol.", ExchangeRefused)]
    [InlineData(
        400, -2010, "Account has insufficient balance for requested action.", ExchangeInsufficientBalance)]
    [InlineData(400, -2010, "Market is closed.", ExchangeRefused)]
    [InlineData(400, -2011, "Unknown order sent.", ExchangeOrderUnknown)]
    [InlineData(400, -2011, "Order was not canceled due to cancel restrictions.", ExchangeRefused)]
    [InlineData(400, -2013, "Order does not exist.", ExchangeOrderUnknown)]
    [InlineData(401, -2014, "API-key format invalid.", ExchangeKeyRefused)]
    [InlineData(401, -2015, "Invalid API-key, IP, or permissions for action.", ExchangeKeyRefused)]
    [InlineData(
        400, -2026, "Order was canceled or expired with no executed qty over 90 days ago.", ExchangeRefused)]
    [InlineData(403, 0, "HTTP 403", ExchangeRefused)]
    public void A_refusal_is_proven_by(int status, int code, string text, RejectReason reason) =>
        Assert.Equal(new Verdict(true, reason), ErrorTable.Judge(status, code, text));
}
