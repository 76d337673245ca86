namespace Oms.Domain.Messages;

/// <summary>What a set of limits is about.</summary>
public enum LimitScope : byte
{
    Account = 1,

    /// <summary>An instrument of an account.</summary>
    Instrument = 2,

    /// <summary>The accounts of an owner group together.</summary>
    Group = 3,

    /// <summary>All accounts together.</summary>
    Firm = 4,
}
