namespace Oms.Domain.Transfers;

/// <summary>What happened to a transfer.</summary>
public enum TransferStep : byte
{
    None = 0,

    /// <summary>Its amount was reserved, and the exchange is being asked.</summary>
    Accepted = 1,

    /// <summary>Evidence says that the amount left the wallet that this hop is from.</summary>
    Debited = 2,

    /// <summary>Evidence says that the amount arrived in the wallet that this hop is to.</summary>
    Credited = 3,

    /// <summary>The next hop was asked for.</summary>
    Forwarded = 4,

    /// <summary>What became of the request is not known: the exchange's history is asked.</summary>
    Doubted = 5,

    /// <summary>The exchange proved not to have the request: it is asked again under the same id.</summary>
    AskedAgain = 6,

    /// <summary>The OMS or the exchange said no.</summary>
    Refused = 7,

    /// <summary>
    /// What a balance event was taken to prove, the exchange's own answer denied: the bookings were taken back.
    /// </summary>
    Reversed = 8,

    /// <summary>A command with the id of a known transfer: this is how it stands.</summary>
    Restated = 9,
}
