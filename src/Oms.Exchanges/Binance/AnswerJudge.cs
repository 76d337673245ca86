using System.Text.Json;
using Microsoft.Extensions.Logging;
using Oms.Domain.Ids;
using Oms.Domain.Orders;
using Oms.Exchanges.Binance.Budget;

namespace Oms.Exchanges.Binance;

/// <summary>
/// Says what an answer proves, whichever way it came: what was done, what was refused, or nothing. What the answers
/// tell of the exchange's limits goes into the budget.
/// </summary>
internal sealed class AnswerJudge(string exchange, ErrorTable errors, RequestBudget budget, ILogger logger)
{
    /// <param name="read">Reads the body of a success; what it cannot read is of unknown outcome.</param>
    public Outcome<TReply> Read<TReply>(byte[] body, Func<byte[], TReply> read, RequestTimes times)
    {
        try
        {
            return new Outcome<TReply>.Accepted(read(body), times);
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            // Done, and said in a way that we cannot read: a query finds out.
            ExchangeMetrics.Unreadable.Add(1, ExchangeMetrics.Tag(exchange));
            Log.Unreadable(logger, exchange, "answer", exception.Message);
            return new Outcome<TReply>.Unknown($"unreadable answer: {exception.Message}", times);
        }
    }

    /// <param name="status">Of HTTP, which the WebSocket API uses too: 400 or more.</param>
    /// <param name="code">0 when the answer carries none.</param>
    /// <param name="text">The exchange's.</param>
    /// <param name="retryAfter">For how long nothing is to be sent; null where it is not said.</param>
    public Outcome<TReply> Refuse<TReply>(
        int status, int code, string text, TimeSpan? retryAfter, AccountId account, RequestTimes times)
    {
        if (status is 429 or 418)
        {
            Hold(status, code, retryAfter, account);
        }

        Verdict verdict = errors.Judge(status, code, text);
        return verdict.IsRefusal
            ? new Outcome<TReply>.Refused(verdict.Reason, code, text, times)
            : new Outcome<TReply>.Unknown($"HTTP {status}, {code}: {text}", times);
    }

    /// <summary>Tells an account of an outcome that is about its key.</summary>
    public static Outcome<TReply> Told<TReply>(Outcome<TReply> outcome, AccountCredentials? account)
    {
        if (outcome is Outcome<TReply>.Refused { Reason: RejectReason.ExchangeKeyRefused } refused)
        {
            account?.KeyRefused(refused.Text);
        }

        return outcome;
    }

    /// <summary>What the exchange's limits did not let go in its time.</summary>
    public Outcome<TReply> NotSent<TReply>()
    {
        ExchangeMetrics.RateLimited.Add(1, ExchangeMetrics.Tag(exchange));
        return new Outcome<TReply>.Refused(
            RejectReason.ExchangeRateLimited, 0, "not sent: the exchange's rate limit is reached", default);
    }

    /// <summary>
    /// Numbers and JSON that are none, and JSON of another shape than documented: one kind of value for another, what
    /// is named once twice, null where there is something.
    /// </summary>
    private static bool IsUnreadable(Exception exception) => exception is JsonException or FormatException
        or OverflowException or InvalidOperationException or ArgumentException or NullReferenceException;

    private void Hold(int status, int code, TimeSpan? retryAfter, AccountId account)
    {
        TimeSpan hold = retryAfter ?? (status == 418 ? RequestBudget.BanDefault : RequestBudget.HoldDefault);
        if (code == ErrorTable.TooManyOrders)
        {
            budget.HoldNewOrders(account, hold);
        }
        else
        {
            budget.HoldAll(hold);
        }

        ExchangeMetrics.RateLimited.Add(1, ExchangeMetrics.Tag(exchange));
        Log.RateLimited(logger, exchange, code, (long)hold.TotalMilliseconds);
    }
}
