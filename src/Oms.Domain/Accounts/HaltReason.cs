namespace Oms.Domain.Accounts;

/// <summary>Why something was halted.</summary>
public enum HaltReason : byte
{
    None = 0,

    /// <summary>Somebody did it.</summary>
    Command = 1,

    /// <summary>The account lost more today than it may.</summary>
    LossLimit = 2,

    /// <summary>The exchange's evidence contradicts what is known of the account.</summary>
    Difference = 3,
}
