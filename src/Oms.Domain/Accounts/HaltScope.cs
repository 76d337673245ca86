namespace Oms.Domain.Accounts;

/// <summary>What a halt is about.</summary>
public enum HaltScope : byte
{
    /// <summary>One order, with what depends on it: it is canceled and cannot come back.</summary>
    Order = 1,
    Account = 2,

    /// <summary>All accounts of an exchange.</summary>
    Exchange = 3,
    Firm = 4,
}
