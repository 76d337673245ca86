namespace Oms.Domain.Transfers;

/// <summary>What the exchange says of a hop of a transfer.</summary>
public enum TransferEvidence : byte
{
    /// <summary>It has the request, and does not say yet what becomes of it.</summary>
    Accepted = 1,

    /// <summary>Its history has it as done: both legs took place.</summary>
    Done = 2,

    /// <summary>Its history has it as failed: no leg took place, or both were taken back.</summary>
    Failed = 3,
}
