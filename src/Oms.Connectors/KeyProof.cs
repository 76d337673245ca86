using System.Collections.Immutable;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Exchanges;

namespace Oms.Connectors;

/// <summary>
/// Asks an exchange whether it takes a key for what its account needs it for: to ask, and to trade. Asked until the
/// exchange says one or the other. A key that is tried out must be told what its account holds; of one that signs, and
/// of an order that is tested, only what the exchange says of the key counts, not what it says of the question.
/// </summary>
internal sealed class KeyProof(TimeProvider time)
{
    private readonly Repetition<Outcome<ImmutableArray<BalanceSeen>>> _untilHeld = new(SaysNothing, time);

    private readonly Repetition<Outcome<OrderTerms>> _untilTested = new(SaysNothing, time);

    private readonly Repetition<Outcome<KeyRights>> _untilTold = new(
        static outcome => outcome is not Outcome<KeyRights>.Accepted, ConnectorLimits.FailedQueryPauseMin,
        ConnectorLimits.FailedQueryPauseMax, time, ConnectorLimits.KeyRightsQueriesMax - 1);

    /// <returns>What the exchange said against the key; null for nothing.</returns>
    public async Task<string?> RefusalOf(KeyUse use, KeyTrial trial, CancellationToken cancellation)
    {
        Outcome<ImmutableArray<BalanceSeen>> held = await _untilHeld.Ask(trial.Account.QueryBalances, cancellation);
        if (trial.Credentials.IsTrial && held is Outcome<ImmutableArray<BalanceSeen>>.Refused unproven)
        {
            return unproven.Text;
        }

        if (RefusalOf(held) is { } refusal)
        {
            return refusal;
        }

        return use.Sample is { } sample && trial.Account.CapabilitiesOf(use.Owner.Market).TestsOrders
            ? RefusalOf(await _untilTested.Ask(
                stop => trial.Account.Test(sample.Instrument, sample.Terms, stop), cancellation))
            : null;
    }

    /// <summary>
    /// Holds whose key is tried, which must have been asked for its balances, against whose it must be. The exchange
    /// says that of spot by the account's number, of futures by its short name; where nothing is known of the key that
    /// signs, because it was refused before it told anything, there is nothing to compare with.
    /// </summary>
    /// <returns>What is against it; null for nothing.</returns>
    public async Task<string?> StrangenessOf(KeyUse use, KeyTrial trial, CancellationToken cancellation)
    {
        if (use.Credentials.Identity is null)
        {
            _ = await _untilHeld.Ask(use.Own.Account.QueryBalances, cancellation);
        }

        return (use.Credentials.Identity, trial.Credentials.Identity) switch
        {
            (null, _) => null,
            ({ } own, null) => $"the exchange does not say whether it is of {own}",
            var (own, other) => own == other ? null : $"it is of another account ({other}, and not {own})",
        };
    }

    /// <summary>Null where the exchange does not say.</summary>
    public async Task<KeyRights?> RightsOf(KeyUse use, KeyTrial trial, CancellationToken cancellation) =>
        trial.Account.CapabilitiesOf(use.Owner.Market).TellsKeyRights
        && await _untilTold.Ask(stop => trial.Account.QueryKeyRights(use.Owner.Market, stop), cancellation)
            is Outcome<KeyRights>.Accepted told
            ? told.Reply
            : null;

    private static string? RefusalOf<TReply>(Outcome<TReply> outcome) =>
        outcome is Outcome<TReply>.Refused { Reason: RejectReason.ExchangeKeyRefused } refused ? refused.Text : null;

    /// <summary>A failure, or a refusal of everybody: limits, load, clocks, firewalls.</summary>
    private static bool SaysNothing<TReply>(Outcome<TReply> outcome) =>
        outcome is Outcome<TReply>.Unknown or Outcome<TReply>.Refused { IsPassing: true };
}
