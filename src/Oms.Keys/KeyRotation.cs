namespace Oms.Keys;

/// <summary>
/// A key offered in place of the one that signs. Whoever trades tries it at the exchange, where both are
/// valid, and says what came of it; until then the old one signs. The first answer counts.
/// </summary>
public sealed class KeyRotation
{
    private readonly AccountKeys _keys;

    internal KeyRotation(AccountKeys keys, ExchangeKey? old, ExchangeKey candidate) =>
        (_keys, Old, Candidate) = (keys, old, candidate);

    public KeyOwner Owner => _keys.Owner;

    /// <summary>The key that signs now; null where there is none.</summary>
    public ExchangeKey? Old { get; }

    public ExchangeKey Candidate { get; }

    /// <summary>
    /// The exchange accepted the candidate, and nothing signs with the old key any more: the candidate is the
    /// current one, and the old one's secret is overwritten unless it is kept as one to fall back on.
    /// </summary>
    /// <returns>False when the offer no longer stood, and nothing changed.</returns>
    public bool Proven() => _keys.Conclude(this, refusal: null);

    /// <summary>
    /// The exchange refused the candidate: the old key stays, and the next one in line, if there is one
    /// between them, is offered.
    /// </summary>
    /// <param name="reason">What the exchange said; goes into status and log.</param>
    /// <returns>False when the offer no longer stood, and nothing changed.</returns>
    public bool Refused(string reason) => _keys.Conclude(this, reason);

    public override string ToString() => $"{Candidate} in place of {Old?.ToString() ?? "none"}";
}
