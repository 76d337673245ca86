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
        Assert.Equal(new Verdict(false, None), ErrorTable.Spot.Judge(status, code, text));

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
        Assert.Equal((true, reason), Judged(ErrorTable.Spot, status, code, text));

    [Theory]
    [InlineData(503, -1000, "Unknown error, please check your request or try again later.", None)]
    [InlineData(503, 0, "HTTP 503", None)]
    [InlineData(408, 0, "HTTP 408", None)]
    [InlineData(400, -1007, "Timeout waiting for response from backend server.", None)]
    [InlineData(400, -4083, "Fail to place batch orders.", None)]
    [InlineData(400, -4116, "ClientOrderId is duplicated.", None)]
    [InlineData(503, 0, "Service Unavailable.", ExchangeOverloaded)]
    [InlineData(503, -1001, "Internal error; unable to process your request. Please try again.", ExchangeOverloaded)]
    [InlineData(503, -1008, "Request throttled by system-level protection.", ExchangeOverloaded)]
    [InlineData(400, -1099, "Not found, authenticated, or authorized.", ExchangeKeyRefused)]
    [InlineData(400, -2019, "Margin is insufficient.", ExchangeInsufficientBalance)]
    [InlineData(400, -2013, "Order does not exist.", ExchangeOrderUnknown)]
    [InlineData(400, -2021, "Order would immediately trigger.", ExchangeRefused)]
    [InlineData(400, -2022, "ReduceOnly Order is rejected.", ExchangeRefused)]
    [InlineData(400, -4014, "Price not increased by tick size.", ExchangeFilterFailed)]
    [InlineData(400, -4061, "Order's position side does not match user's setting.", ExchangeRefused)]
    [InlineData(400, -4164, "Order's notional must be no smaller than 5.0.", ExchangeFilterFailed)]
    [InlineData(400, -5022, "The Post Only order will be rejected.", ExchangeRefused)]
    [InlineData(400, -5028, "Timestamp for this request is outside of the ME recvWindow.", ExchangeClockOutsideWindow)]
    public void Futures_prove_by_their_own_codes(
        int status, int code, string text, RejectReason reason) => Assert.Equal(
            (reason != None, reason), Judged(ErrorTable.Futures, status, code, text));

    private static (bool IsRefusal, RejectReason Reason) Judged(
        ErrorTable table, int status, int code, string text)
    {
        Verdict verdict = table.Judge(status, code, text);
        return (verdict.IsRefusal, verdict.Reason);
    }
}
