using static Oms.Domain.Orders.RejectReason;

namespace Oms.Exchanges.Binance;

/// <summary>
/// What Binance's errors prove (errors.md and the error codes of USDⓈ-M Futures, 2026-07): the same number means
/// different things in two markets. The first row that fits decides. An answer of a kind that no row names is a
/// refusal only as HTTP 4xx with an error code: everything else proves nothing.
/// </summary>
internal sealed class ErrorTable
{
    public const int OutsideRecvWindow = -1021;
    public const int TooManyOrders = -1015;
    public const int UnknownSymbol = -1121;

    public const int UnknownListenKey = -1125;
    public const int PositionModeUnchanged = -4059;
    public const int MarginTypeUnchanged = -4046;

    private static readonly Verdict Unknown = new(false, None);

    private readonly (int From, int To, string TextStart, Verdict Verdict)[] _rows;

    private ErrorTable((int From, int To, string TextStart, Verdict Verdict)[] rows) => _rows = rows;

#pragma warning disable format // A table is read by its columns.
    public static readonly ErrorTable Spot = new(
    [
        (-1000, -1001, "",                                  Unknown),
        (-1002, -1002, "",                                  Refused(ExchangeKeyRefused)),
        (-1003, -1003, "",                                  Refused(ExchangeRateLimited)),
        (-1004, -1007, "",                                  Unknown),
        (-1008, -1008, "",                                  RefusedAtAnyStatus(ExchangeOverloaded)),
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
    ]);

    public static readonly ErrorTable Futures = new(
    [
        // Sent with HTTP 503, and yet proof: the exchange says that it did nothing.
        (0,     0,     "Service Unavailable",               RefusedAtAnyStatus(ExchangeOverloaded)),
        (-1001, -1001, "Internal error; unable to process", RefusedAtAnyStatus(ExchangeOverloaded)),
        (-1000, -1001, "",                                  Unknown),
        (-1002, -1002, "",                                  Refused(ExchangeKeyRefused)),
        (-1003, -1003, "",                                  Refused(ExchangeRateLimited)),
        (-1004, -1007, "",                                  Unknown),
        (-1008, -1008, "",                                  RefusedAtAnyStatus(ExchangeOverloaded)),
        (-1015, -1015, "",                                  Refused(ExchangeRateLimited)),
        (-1016, -1016, "",                                  Refused(ExchangeOverloaded)),
        (-1021, -1021, "",                                  Refused(ExchangeClockOutsideWindow)),
        (-1022, -1022, "",                                  Refused(ExchangeKeyRefused)),
        (-1099, -1099, "",                                  Refused(ExchangeKeyRefused)),
        (-1111, -1111, "",                                  Refused(ExchangeFilterFailed)),
        (-2011, -2011, "",                                  Refused(ExchangeOrderUnknown)),
        (-2013, -2013, "",                                  Refused(ExchangeOrderUnknown)),
        (-2014, -2015, "",                                  Refused(ExchangeKeyRefused)),
        (-2017, -2017, "",                                  Refused(ExchangeKeyRefused)),
        (-2018, -2019, "",                                  Refused(ExchangeInsufficientBalance)),
        (-2027, -2028, "",                                  Refused(ExchangeInsufficientBalance)),
        (-4001, -4005, "",                                  Refused(ExchangeFilterFailed)),
        (-4013, -4014, "",                                  Refused(ExchangeFilterFailed)),
        (-4016, -4016, "",                                  Refused(ExchangeFilterFailed)),
        (-4023, -4024, "",                                  Refused(ExchangeFilterFailed)),
        (-4050, -4051, "",                                  Refused(ExchangeInsufficientBalance)),
        // A batch failed, and nobody says which of it.
        (-4083, -4083, "",                                  Unknown),
        // An order of ours with this id works there: the earlier send was accepted.
        (-4116, -4116, "",                                  Unknown),
        (-4131, -4131, "",                                  Refused(ExchangeFilterFailed)),
        (-4164, -4164, "",                                  Refused(ExchangeFilterFailed)),
        (-4183, -4184, "",                                  Refused(ExchangeFilterFailed)),
        // Before the matching engine: not executed.
        (-5028, -5028, "",                                  Refused(ExchangeClockOutsideWindow)),
    ]);
#pragma warning restore format

    /// <param name="httpStatus">400 or more.</param>
    /// <param name="code">0 when the body carries none.</param>
    /// <param name="text">The exchange's <c>msg</c>.</param>
    public Verdict Judge(int httpStatus, int code, string text)
    {
        foreach ((int from, int to, string textStart, Verdict verdict) in _rows)
        {
            // Codes are negative: the range runs downwards.
            if (code <= from && code >= to && text.StartsWith(textStart, StringComparison.Ordinal))
            {
                return httpStatus < 500 || verdict.IsProofAtAnyStatus ? verdict : Unknown;
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

    private static Verdict RefusedAtAnyStatus(Domain.Orders.RejectReason reason) =>
        new(true, reason) { IsProofAtAnyStatus = true };
}
