namespace Oms.Exchanges;

/// <summary>Monotonic clock readings of a request; 0 when it did not come so far.</summary>
/// <param name="Sent">The signed bytes were handed to the socket.</param>
/// <param name="ReplyReceived">The whole answer was read.</param>
public readonly record struct RequestTimes(long Sent, long ReplyReceived);
