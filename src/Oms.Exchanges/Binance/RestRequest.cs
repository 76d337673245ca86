using Oms.Domain.Ids;
using Oms.Exchanges.Binance.Budget;

namespace Oms.Exchanges.Binance;

/// <summary>A request as it is meant, before time stamp and signature.</summary>
/// <param name="Account">Who signs it; null when it is not signed.</param>
internal sealed record RestRequest(
    HttpMethod Method, string Path, RequestParameters Parameters, RequestLane Lane,
    AccountCredentials? Account)
{
    /// <summary>The weight of the next window is there by then.</summary>
    public static readonly TimeSpan QuestionWaitMax = TimeSpan.FromSeconds(75);
    public static readonly TimeSpan CommandWaitMax = TimeSpan.FromSeconds(5);

    /// <summary>What the WebSocket API calls the same; null where it does not have it.</summary>
    public string? SocketMethod { get; init; }

    /// <summary>What it costs of the weight of a minute.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>New orders that it makes.</summary>
    public int Orders { get; init; }

    /// <summary>For how long it may be on its way to the wire: limits, clock and connections are waited for.</summary>
    public TimeSpan WaitMax { get; init; } = Lane == RequestLane.Query ? QuestionWaitMax : CommandWaitMax;

    /// <summary>No longer wanted, as long as it has not left.</summary>
    public CancellationToken Withdrawn { get; init; }

    /// <summary>The time of its budget after which it is not sent; null before it was first tried.</summary>
    public long? DeadlineMs { get; init; }

    /// <summary>How it may leave with others, where they have to wait; null where it leaves alone.</summary>
    public BatchSeat? Seat { get; init; }

    /// <summary>It was let go before, and is sent with that: once.</summary>
    public Admission? Granted { get; init; }

    /// <summary>Of several, of which each may be withdrawn or too late by itself: never sent again as it is.</summary>
    public bool IsOfSeveral { get; init; }

    public RequestClaim Claim => new(Lane, Account?.Id ?? AccountId.None, Weight, Orders);

    /// <summary>Whether a signature is asked for beside the account's key.</summary>
    public bool IsSigned { get; init; } = Account is not null;

    /// <summary>The same, with its time running: however often and on whichever way it is tried, it has one.</summary>
    public RestRequest Timed(RequestBudget budget) =>
        DeadlineMs is null ? this with { DeadlineMs = budget.DeadlineMs(WaitMax) } : this;

    public ValueTask<Admission> Admit(RequestBudget budget, CancellationToken cancellation) => Granted is { } granted
        ? ValueTask.FromResult(granted)
        : budget.Admit(Claim, DeadlineMs ?? budget.DeadlineMs(WaitMax), Withdrawn, cancellation, Seat);
}
