namespace Oms.Domain.Accounts;

/// <summary>Whether an account may send new orders. Cancels always pass.</summary>
public enum AccountGate : byte
{
    /// <summary>No connector, or no private stream.</summary>
    Disconnected = 1,

    /// <summary>Connected; evidence is being gathered.</summary>
    Reconciling = 2,
    Ready = 3,
}
