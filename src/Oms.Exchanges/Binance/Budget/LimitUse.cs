namespace Oms.Exchanges.Binance.Budget;

/// <summary>What the exchange counted, as an answer of it says.</summary>
/// <param name="IsWeight">Of the address's weight; else of the account's new orders.</param>
internal readonly record struct LimitUse(bool IsWeight, long WindowMs, long Used)
{
    /// <summary>What an answer says of one limit; null where it says nothing.</summary>
    public static long? Find(ReadOnlySpan<LimitUse> uses, bool isWeight, long windowMs)
    {
        foreach (LimitUse use in uses)
        {
            if (use.IsWeight == isWeight && use.WindowMs == windowMs)
            {
                return use.Used;
            }
        }

        return null;
    }
}
