namespace Oms.Domain.Configuration;

/// <summary>What an account is to its exchange and to us.</summary>
public enum AccountType
{
    /// <summary>The exchange's main account: parent of sub-accounts.</summary>
    Main,

    /// <summary>A sub-account of a main account.</summary>
    Sub,

    /// <summary>An account of its own that a strategy trades alone.</summary>
    Strategy,
}
