namespace Oms.ExchangeSimulator.Exchange;

/// <summary>
/// Which of two orders of one account expires when they would trade; the taker's mode decides.
/// </summary>
internal enum SelfTradePrevention : byte
{
    ExpireTaker,
    ExpireMaker,
    ExpireBoth,

    /// <summary>They trade.</summary>
    None,

    /// <summary>Both become smaller by what they would have traded; the smaller one ends.</summary>
    Decrement,
}
