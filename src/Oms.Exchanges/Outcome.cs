using Oms.Domain.Orders;

namespace Oms.Exchanges;

/// <summary>What became of a request: exactly one of accepted, refused, unknown.</summary>
public abstract record Outcome<TReply>
{
    private Outcome(RequestTimes times) => Times = times;

    public RequestTimes Times { get; }

    /// <summary>What is known without asking.</summary>
    public static Outcome<TReply> Of(TReply reply) => new Accepted(reply, default);

    /// <summary>The exchange did what was asked.</summary>
    public sealed record Accepted(TReply Reply, RequestTimes Times) : Outcome<TReply>(Times);

    /// <summary>It is proven that the exchange did not, and will not, do what was asked.</summary>
    /// <param name="Reason">Why, in our words.</param>
    /// <param name="ErrorCode">The exchange's; 0 when it was not asked at all.</param>
    /// <param name="Text">The exchange's, or ours.</param>
    public sealed record Refused(RejectReason Reason, int ErrorCode, string Text, RequestTimes Times)
        : Outcome<TReply>(Times)
    {
        /// <summary>
        /// It says nothing of what was asked, and may be another one soon: limits, load, clocks and firewalls refuse
        /// everybody.
        /// </summary>
        public bool IsPassing => ErrorCode == 0 || Reason is RejectReason.ExchangeRateLimited
            or RejectReason.ExchangeOverloaded or RejectReason.ExchangeClockOutsideWindow;
    }

    /// <summary>Bytes may have left, and nothing proves what became of them.</summary>
    public sealed record Unknown(string Text, RequestTimes Times) : Outcome<TReply>(Times);

    /// <summary>
    /// The same outcome of a request for something else; an accepted one through <paramref name="convert"/>.
    /// </summary>
    public Outcome<TOther> Then<TOther>(Func<TReply, RequestTimes, Outcome<TOther>> convert) => this switch
    {
        Accepted accepted => convert(accepted.Reply, accepted.Times),
        Refused refused => new Outcome<TOther>.Refused(
            refused.Reason, refused.ErrorCode, refused.Text, refused.Times),
        Unknown unknown => new Outcome<TOther>.Unknown(unknown.Text, unknown.Times),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
