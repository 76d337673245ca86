namespace Oms.Domain.Messages;

/// <summary>Which orders a mass cancel is about.</summary>
public enum CancelScope : byte
{
    /// <summary>Of the account.</summary>
    Account = 1,

    /// <summary>Of the account in an instrument; of all accounts where none is named.</summary>
    Instrument = 2,

    /// <summary>Of all accounts of an exchange.</summary>
    Exchange = 3,
    All = 4,
}
