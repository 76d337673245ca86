namespace Oms.Domain.Accounts;

/// <summary>How far a halt is.</summary>
public enum HaltState : byte
{
    /// <summary>Nothing is halted.</summary>
    Resumed = 1,

    /// <summary>Nothing new leaves; what lives is being canceled.</summary>
    Halted = 2,

    /// <summary>
    /// No order in the scope lives any more, and the exchange was asked and knows none, but for what came after the
    /// halt and only makes a position smaller.
    /// </summary>
    Confirmed = 3,
}
