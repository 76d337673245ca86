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
}
