namespace Oms.Domain.Messages;

/// <summary>Why a balance changed.</summary>
public enum BalanceChange : byte
{
    /// <summary>First evidence of what the account holds.</summary>
    Opening = 1,
    Reserved = 2,
    Released = 3,
    Filled = 4,

    /// <summary>
    /// The exchange holds another amount than the ledger says, with no order live: adopted.
    /// </summary>
    Adjusted = 5,
}
