using static Oms.Domain.Orders.RejectReason;

namespace Oms.Exchanges.Binance;

/// <summary>
/// What Binance's errors prove (errors.md, 2026-07). The first row that fits decides. An answer of a kind
/// that no row names is a refusal only as HTTP 4xx with an error code: everything else proves nothing.
/// </summary>
internal static class ErrorTable
{
    public const int OutsideRecvWindow = -1021;
    public const int TooManyOrders = -1015;
    public const int UnknownSymbol = -1121;

    private static readonly Verdict Unknown = new(false, None);

#pragma warning disable format // A table is read by its columns.
    private static readonly (int From, int To, string TextStart, Verdict Verdict)[] Rows =
    [
        (-1000, -1001, "",                                  Unknown),
        (-1002, -1002, "",                                  Refused(ExchangeKeyRefused)),
        (-1003, -1003, "",                                  Refused(ExchangeRateLimited)),
        (-1004, -1007, "",                                  Unknown),
        (-1008, -1008, "",                                  Refused(ExchangeOverloaded)),
        (-1013, -1013, "Filter failure",                    Refused(ExchangeFilterFailed)),
        (-1015, -1015, "",                                  Refused(ExchangeRateLimited)),
        (-1016, -1016, "",                                  Refused(ExchangeOverloaded)),
        (-1021, -1021, "",                                  Refused(ExchangeClockOutsideWindow)),
        (-1022, -1022, "",                                  Refused(ExchangeKeyRefused)),
        (-1034, -1034, "",                                  Refused(ExchangeRateLimited)),
        (-1111, -1111, "",                                  Refused(ExchangeFilterFailed)),
        (-2010, -2010, "Account has insufficient balance",  Refused(ExchangeInsufficientBalance)),
        // An order of ours with this id works there: the earlier send was accepted.
        (-2010, -2010, "Duplicate order sent",              Unknown),
        (-2011, -2011, "Order was not canceled due to",     Refused(ExchangeRefused)),
        (-2011, -2011, "",                                  Refused(ExchangeOrderUnknown)),
        (-2013, -2013, "",                                  Refused(ExchangeOrderUnknown)),
        (-2014, -2015, "",                                  Refused(ExchangeKeyRefused)),
    ];
#pragma warning restore format

    /// <param name="httpStatus">400 or more.</param>
    /// <param name="code">0 when the body carries none.</param>
    /// <param name="text">The exchange's <c>msg</c>.</param>
    public static Verdict Judge(int httpStatus, int code, string text)
    {
        foreach ((int from, int to, string textStart, Verdict verdict) in Rows)
        {
            // Codes are negative: the range runs downwards.
            if (code <= from && code >= to && text.StartsWith(textStart, StringComparison.Ordinal))
            {
                return httpStatus < 500 || code == -1008 ? verdict : Unknown;
            }
        }

        return httpStatus switch
        {
            // Answered by the limiter or the firewall in front of the exchange, also without a code.
            429 or 418 => Refused(ExchangeRateLimited),
            403 => Refused(ExchangeRefused),
            408 => Unknown,
            >= 400 and < 500 when code != 0 => Refused(ExchangeRefused),
            _ => Unknown,
        };
    }

    private static Verdict Refused(Domain.Orders.RejectReason reason) => new(true, reason);
}
