namespace Oms.Domain.Messages;

/// <summary>Why a balance changed.</summary>
public enum BalanceChange : byte
{
    /// <summary>First evidence of what the account holds.</summary>
    Opening = 1,
    Filled = 4,

    /// <summary>
    /// The exchange holds another amount than the ledger says, and no fill can be why: adopted.
    /// </summary>
    Adjusted = 5,
    Funded = 6,
    Deposited = 7,

    /// <summary>A transfer took it away; what has not arrived is in transit.</summary>
    TransferredOut = 8,
    TransferredIn = 9,

    /// <summary>A transfer that did not take place was taken back.</summary>
    TransferReversed = 10,
}
