namespace Oms.Domain.Transfers;

/// <summary>Where the money of a transfer is.</summary>
public enum TransferStatus : byte
{
    None = 0,

    /// <summary>Reserved where it is, and asked of the exchange; nobody's to spend.</summary>
    Reserved = 1,

    /// <summary>It left its account and has not arrived: nobody's to spend.</summary>
    InTransit = 2,

    /// <summary>It arrived. Final.</summary>
    Completed = 3,

    /// <summary>It did not take place; what was reserved is free again. Final.</summary>
    Rejected = 4,

    /// <summary>
    /// The first hop took place and the second did not: it is free in the spot wallet of the sending account. Final.
    /// </summary>
    Stranded = 5,
}
