namespace Oms.Domain.Orders;

/// <summary>FIX 150: why an execution report was written.</summary>
public enum ExecutionType : byte
{
    PendingNew = 1,
    New = 2,
    Trade = 3,
    PendingCancel = 4,
    Canceled = 5,
    Rejected = 6,
    Expired = 7,

    /// <summary>The outcome at the exchange became unknown.</summary>
    Unknown = 8,

    /// <summary>The state of an order that was asked for again; nothing happened.</summary>
    OrderStatus = 9,

    /// <summary>A refused cancel gave the order its former status back.</summary>
    Restated = 10,
}
