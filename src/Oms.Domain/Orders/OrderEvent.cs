namespace Oms.Domain.Orders;

/// <summary>What can happen to an order after risk accepted it.</summary>
public enum OrderEvent : byte
{
    /// <summary>The exchange works the order, nothing of it is filled.</summary>
    Acknowledged = 1,

    /// <summary>A fill was booked that leaves something open.</summary>
    PartialFill,

    /// <summary>A fill was booked that completes the order.</summary>
    CompletingFill,

    /// <summary>A cancel is on its way to the exchange.</summary>
    CancelRequested,

    /// <summary>The exchange refused a cancel; nothing of the order is filled.</summary>
    CancelRefusedUnfilled,

    /// <summary>The exchange refused a cancel; part of the order is filled.</summary>
    CancelRefusedPartlyFilled,

    /// <summary>The exchange canceled the order, or it was held here and is no longer.</summary>
    CancelConfirmed,

    /// <summary>The exchange expired the order or its remainder, or its own time ran out.</summary>
    ExpiryConfirmed,

    /// <summary>The exchange refused the order, or risk did when its turn came.</summary>
    Refused,

    /// <summary>The bytes may have left, the outcome is not known.</summary>
    OutcomeUnknown,

    /// <summary>Evidence proves that the order never reached the exchange.</summary>
    ProvenAbsent,

    /// <summary>What the order waited for has come: it goes to the exchange.</summary>
    Triggered,

    /// <summary>A change of the order is on its way to the exchange.</summary>
    ReplaceRequested,

    /// <summary>The exchange made or refused a change; nothing of the order is filled.</summary>
    ReplaceSettledUnfilled,

    /// <summary>The exchange made or refused a change; part of the order is filled.</summary>
    ReplaceSettledPartlyFilled,
}
