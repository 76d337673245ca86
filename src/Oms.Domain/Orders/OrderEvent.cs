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

    /// <summary>A client asked to cancel.</summary>
    CancelRequested,

    /// <summary>The exchange refused a cancel; nothing of the order is filled.</summary>
    CancelRefusedUnfilled,

    /// <summary>The exchange refused a cancel; part of the order is filled.</summary>
    CancelRefusedPartlyFilled,

    /// <summary>The exchange canceled the order.</summary>
    CancelConfirmed,

    /// <summary>The exchange expired the order or its remainder.</summary>
    ExpiryConfirmed,

    /// <summary>The exchange refused the order.</summary>
    Refused,

    /// <summary>The bytes may have left, the outcome is not known.</summary>
    OutcomeUnknown,

    /// <summary>Evidence proves that the order never reached the exchange.</summary>
    ProvenAbsent,
}
