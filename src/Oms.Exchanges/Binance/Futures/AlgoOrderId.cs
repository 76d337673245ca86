namespace Oms.Exchanges.Binance.Futures;

/// <summary>
/// The number of a conditional order among the numbers of orders: the exchange counts the two apart, and a bit that no
/// order's number has tells them.
/// </summary>
internal static class AlgoOrderId
{
    private const long Mark = 1L << 62;

    public static long Of(long algoId) => algoId | Mark;

    public static bool TryRead(long exchangeOrderId, out long algoId)
    {
        algoId = exchangeOrderId & ~Mark;
        return (exchangeOrderId & Mark) != 0;
    }
}
