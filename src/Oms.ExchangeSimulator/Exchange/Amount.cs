using Oms.Domain;
using Oms.Domain.Numbers;

namespace Oms.ExchangeSimulator.Exchange;

/// <summary>
/// Prices, quantities and balances alike: mantissas at eight decimals, the precision of every asset.
/// </summary>
internal static class Amount
{
    public const int Decimals = 8;
    public const long One = 100_000_000;

    /// <summary>Price × quantity, exact: tick and step leave no digit behind the eighth.</summary>
    public static long NotionalOf(long price, long quantity)
    {
        Int128 product = (Int128)price * quantity;
        Invariant.Holds(product % One == 0);
        return (long)(product / One);
    }

    public static string Format(long amount) => DecimalText.Format(amount, Decimals);

    /// <summary>For amounts that are written in the source.</summary>
    public static long Of(string text)
    {
        bool isExact = DecimalText.TryParse(text, Decimals, out long amount);
        Invariant.Holds(isExact);
        return amount;
    }
}
